//! Checks enums whose variants are options, and enums whose variants are subcommands.

use syn::Type;

use super::words::{ATTACHED_LONG, danger, since, style};
use super::{head, no_nul};
use crate::errors::Errors;
use crate::model::{Choice, OptionVariant, Style, Subcommand, SubcommandVariant};
use crate::names::{fault_of_long, fault_of_short, kebab};
use crate::parse::{Body, Raw, RawVariant, Value};

/// Returns the enum of options that a type describes.
pub(crate) fn choice(mut raw: Raw) -> Choice {
    let mut head = head(&mut raw);
    let Body::Enum(variants) = raw.body else { return Choice { head, variants: Vec::new() } };
    let errors = &mut head.errors;
    let mut checked: Vec<OptionVariant> = Vec::new();
    for variant in variants {
        let Some(option) = option(&variant, errors) else { continue };
        let same = |earlier: &&OptionVariant| {
            (option.long.is_some() && earlier.long == option.long)
                || (option.short.is_some() && earlier.short == option.short)
        };
        if let Some(earlier) = checked.iter().find(same) {
            let is_long = option.long.is_some() && earlier.long == option.long;
            let (key, name) = match (&option.long, option.short) {
                (Some(long), _) if is_long => ("long", format!("--{long}")),
                (_, short) => ("short", short.map(|short| format!("-{short}")).unwrap_or_default()),
            };
            let place = match variant.entries.get(key).map(|entry| &entry.value) {
                Some(Value::Text(text)) => text.span(),
                Some(Value::Char(letter)) => letter.span(),
                _ => variant.ident.span(),
            };
            errors.at(place, format!("`{name}` is already the option of variant `{}`", earlier.ident));
        }
        checked.push(option);
    }
    Choice { head, variants: checked }
}

fn option(variant: &RawVariant, errors: &mut Errors) -> Option<OptionVariant> {
    let value = one_type(variant);
    if value.is_none() && !matches!(variant.body, Body::Unit) {
        let message =
            format!("a variant is a flag (`{0}`) or an option with one value (`{0}(u32)`)", variant.ident);
        errors.on(&variant.ident, message);
        return None;
    }
    let entries = &variant.entries;
    let long = match entries.get("long").map(|entry| &entry.value) {
        Some(Value::Text(text)) => Some((text.value(), text.span())),
        None if entries.has("short") => None,
        _ => Some((kebab(&variant.ident), variant.ident.span())),
    };
    if let Some((long, span)) = &long
        && let Some(fault) = fault_of_long(long)
    {
        errors.at(*span, fault);
        return None;
    }
    let short = match entries.get("short").map(|entry| &entry.value) {
        Some(Value::Char(_)) => entries.character("short").map(syn::LitChar::value),
        Some(_) => kebab(&variant.ident).chars().next(),
        None => None,
    };
    if let Some(fault) = short.and_then(fault_of_short) {
        errors.at(entries.span("short").unwrap_or_else(|| variant.ident.span()), fault);
        return None;
    }
    let style = style(entries, errors);
    if style == Some(Style::Attached) && long.is_some() {
        errors.on(entries.text("style"), ATTACHED_LONG);
    }
    Some(OptionVariant {
        ident: variant.ident.clone(),
        value,
        long: long.map(|(long, _)| long),
        short,
        style,
        danger: danger(entries, errors),
        since: since(entries, errors),
    })
}

/// Returns the choice of subcommands that a type describes.
pub(crate) fn subcommand(mut raw: Raw) -> Subcommand {
    let mut head = head(&mut raw);
    let errors = &mut head.errors;
    let Body::Enum(variants) = raw.body else {
        errors.on(&raw.ident, "a choice of subcommands is an enum");
        return Subcommand { head, variants: Vec::new() };
    };
    let mut checked: Vec<SubcommandVariant> = Vec::new();
    for variant in variants {
        let args = one_type(&variant);
        if args.is_none() && !matches!(variant.body, Body::Unit) {
            let message = format!(
                "a subcommand has no arguments (`{0}`) or one set of them (`{0}(Arguments)`)",
                variant.ident
            );
            errors.on(&variant.ident, message);
            continue;
        }
        let (name, span) = match variant.entries.text("name") {
            Some(name) => (name.value(), name.span()),
            None => (kebab(&variant.ident), variant.ident.span()),
        };
        no_nul(variant.entries.text("name"), errors);
        if name.is_empty() || name.starts_with('-') || name.contains(char::is_whitespace) {
            errors.at(span, "a subcommand is one word that does not begin with `-`");
        }
        if let Some(earlier) = checked.iter().find(|earlier| earlier.name == name) {
            errors.at(span, format!("`{name}` is already the subcommand of variant `{}`", earlier.ident));
        }
        checked.push(SubcommandVariant { ident: variant.ident, name, args });
    }
    Subcommand { head, variants: checked }
}

/// Returns the type of a variant with one unnamed field.
fn one_type(variant: &RawVariant) -> Option<Type> {
    match &variant.body {
        Body::Tuple(fields) if fields.len() == 1 => fields.first().map(|field| field.ty.clone()),
        _ => None,
    }
}
