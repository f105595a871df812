//! Checks value enums and checked one-field structs.

use super::head;
use crate::model::{LeadingHyphen, Newtype, Words};
use crate::names::kebab;
use crate::parse::{Body, Raw};
use crate::shape::{is, is_number};

/// Returns the enum of words that a type describes.
pub(crate) fn words(mut raw: Raw) -> Words {
    let mut head = head(&mut raw);
    let errors = &mut head.errors;
    let mut checked: Vec<(syn::Ident, String)> = Vec::new();
    let variants = match raw.body {
        Body::Enum(variants) => variants,
        _ => Vec::new(),
    };
    for variant in variants {
        if !matches!(variant.body, Body::Unit) {
            let message =
                "a value enum has only unit variants; for `--flag value` choices derive `Args` instead";
            errors.on(&variant.ident, message);
            continue;
        }
        let (word, span) = match variant.entries.text("value") {
            Some(text) => (text.value(), text.span()),
            None => (kebab(&variant.ident), variant.ident.span()),
        };
        super::no_nul(variant.entries.text("value"), errors);
        if let Some((earlier, _)) = checked.iter().find(|(_, earlier)| *earlier == word) {
            errors.at(span, format!("value `{word}` is already written by variant `{earlier}`"));
        }
        checked.push((variant.ident, word));
    }
    Words { head, variants: checked }
}

/// Returns the value that a one-field struct describes.
pub(crate) fn newtype(mut raw: Raw) -> Newtype {
    let mut head = head(&mut raw);
    let errors = &mut head.errors;
    let mut inner = match &raw.body {
        Body::Tuple(fields) if fields.len() == 1 => fields.first().map(|field| field.ty.clone()),
        _ => {
            errors.on(&raw.ident, "a value is an enum of words, or a struct with one unnamed field");
            None
        }
    };
    let entries = &raw.entries;
    let check = entries.path("check").cloned();
    if let (Some(ty), true) = (&inner, check.is_some())
        && (is(ty, "bool") || is_number(ty))
    {
        errors.on(ty, "a checked type holds the text that was checked, such as a `String` or a `PathBuf`");
        inner = None;
    }
    if let (None, Some(span)) = (&check, entries.span("leading_hyphen")) {
        errors.at(span, "`leading_hyphen` belongs to a checked type: add `check = ..`");
    }
    let leading_hyphen = match entries.name("leading_hyphen") {
        Some(name) if name == "allow" => LeadingHyphen::Allow,
        Some(name) if name == "dot_slash" => LeadingHyphen::DotSlash,
        Some(name) if name != "deny" => {
            errors.on(name, format!("unknown rule `{name}`: one of `deny`, `allow`, `dot_slash`"));
            LeadingHyphen::Deny
        }
        _ => LeadingHyphen::Deny,
    };
    Newtype { head, inner, check, leading_hyphen }
}
