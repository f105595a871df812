//! Checks one field of a struct of arguments, by itself.

use proc_macro2::Span;
use quote::ToTokens as _;

use super::forms::{self, Kind};
use super::words::{ATTACHED_LONG, danger, since, style};
use super::{no_nul, program};
use crate::errors::Errors;
use crate::model::{Field, Form, List, Many, Name, Style};
use crate::names::{Case, fault_of_long, fault_of_short, plain};
use crate::parse::{Entries, RawField, Value};

/// Returns the argument that a field describes.
pub(super) fn field(
    raw: RawField,
    case: Case,
    inherited: Option<Style>,
    errors: &mut Errors,
) -> Option<Field> {
    let ident = raw.ident.clone()?;
    let entries = &raw.entries;
    // Of keys that could not be read nothing follows.
    let mut unsaid = Errors::default();
    let errors = if entries.is_broken { &mut unsaid } else { errors };
    let kind = forms::kind(entries);
    forms::reject_foreign_keys(kind, entries, errors);
    // A field without a usable form is reported, and stands in as one that is not written.
    let read = forms::form(&raw, kind, errors);
    let is_unread = read.is_none();
    let form = read.unwrap_or(Form::Skip);
    let named =
        matches!(form, Form::Flag | Form::Switch | Form::Count | Form::Value(_) | Form::OptionalValue(_));
    let long = if named { long(&ident, entries, case, errors) } else { None };
    let short = if named { short(&ident, entries, case, errors) } else { None };
    let negation = match form {
        Form::Switch => negation(&ident, entries, case, long.as_ref(), errors),
        _ => None,
    };
    let style = field_style(entries, &form, long.is_some(), inherited, errors);
    let list = list(entries, &form, errors);
    let (min, max) = limits(entries, errors);
    let default = match entries.get("default").map(|entry| &entry.value) {
        Some(Value::Expr(expression)) => Some(Some((**expression).clone())),
        Some(_) => Some(None),
        None => None,
    };
    let required = match &form {
        Form::Group(Many::One(_)) | Form::Stdin(Many::List(_)) => entries.has("required"),
        Form::Value(many) | Form::Operand(many) | Form::Last(many) => {
            default.is_none()
                && match many {
                    Many::One(_) => true,
                    Many::Optional(_) => false,
                    Many::List(_) => named_not(&form) && min > 0,
                }
        }
        Form::Variable(_, Many::One(_)) | Form::Stdin(Many::One(_)) => default.is_none(),
        Form::Subcommand(Many::One(_)) => true,
        _ => false,
    };
    Some(Field {
        name: plain(&ident),
        long,
        short,
        negation,
        style,
        global: entries.has("global"),
        required,
        list,
        min,
        max,
        default,
        with: entries.path("with").cloned(),
        conflicts: entries.texts("conflicts"),
        requires: entries.texts("requires"),
        allow_hyphen: entries.has("allow_hyphen"),
        always: entries.has("always"),
        // What a function makes of a secret is one, too, and so are its bytes; their types do not say so any more.
        secret: entries.has("secret")
            || ((entries.has("with") || matches!(form, Form::Stdin(_))) && names_secret(&raw.ty)),
        danger: danger(entries, errors),
        since: since(entries, errors),
        is_unread,
        form,
        ident,
        vis: raw.vis,
        ty: raw.ty,
        kept: raw.kept,
    })
}

/// Returns whether a type is written with the word `Secret`.
fn names_secret(ty: &syn::Type) -> bool {
    fn any(tokens: proc_macro2::TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => ident == "Secret",
            proc_macro2::TokenTree::Group(group) => any(group.stream()),
            _ => false,
        })
    }
    any(quote::ToTokens::to_token_stream(ty))
}

/// Returns whether a form has no name: an operand.
fn named_not(form: &Form) -> bool {
    matches!(form, Form::Operand(_) | Form::Last(_))
}

fn long(ident: &syn::Ident, entries: &Entries, case: Case, errors: &mut Errors) -> Option<Name<String>> {
    let (text, span) = match entries.get("long").map(|entry| &entry.value) {
        Some(Value::Text(text)) => (text.value(), text.span()),
        None if entries.has("short") => return None,
        _ => (case.field(ident), ident.span()),
    };
    let written = entries.text("long").is_some();
    if let Some(fault) = if written { fault_of_long(&text) } else { fault_of_name(ident, &text) } {
        errors.at(span, fault);
        return None;
    }
    Some(Name { text, span })
}

/// Returns what is wrong with the name of an option that is its field's.
fn fault_of_name(ident: &syn::Ident, name: &str) -> Option<String> {
    (name.is_empty() || name.starts_with('-')).then(|| {
        format!("`{}` would be written `--{name}`: say the name, `#[arg(long = \"..\")]`", plain(ident))
    })
}

fn short(ident: &syn::Ident, entries: &Entries, case: Case, errors: &mut Errors) -> Option<Name<char>> {
    let entry = entries.get("short")?;
    let (text, span) = match &entry.value {
        Value::Char(character) => (character.value(), character.span()),
        _ => (case.field(ident).chars().next()?, entry.key.span()),
    };
    if let Some(fault) = fault_of_short(text) {
        errors.at(entry.key.span(), fault);
        return None;
    }
    Some(Name { text, span })
}

fn negation(
    ident: &syn::Ident,
    entries: &Entries,
    case: Case,
    long: Option<&Name<String>>,
    errors: &mut Errors,
) -> Option<Name<String>> {
    let (text, span) = match entries.text("negate") {
        Some(text) => (text.value(), text.span()),
        None => {
            let long = long.map_or_else(|| case.field(ident), |long| long.text.clone());
            (format!("no-{long}"), ident.span())
        }
    };
    if let Some(fault) = fault_of_long(&text) {
        errors.at(span, fault);
        return None;
    }
    Some(Name { text, span })
}

/// Returns the style of a field: its own, else for long options that of its set of arguments.
fn field_style(
    entries: &Entries,
    form: &Form,
    is_long: bool,
    inherited: Option<Style>,
    errors: &mut Errors,
) -> Option<Style> {
    let own = style(entries, errors);
    let text = || entries.text("style").map(|text| text.to_token_stream());
    match (own, form) {
        (Some(Style::Space), Form::OptionalValue(_)) => errors.on(
            text(),
            "an optional value must be attached (`--x=v`): `style = \"space\"` would make the next argument its value",
        ),
        (Some(Style::Attached), _) if is_long => errors.on(text(), ATTACHED_LONG),
        (Some(Style::Equals), Form::OptionalValue(_)) if !is_long => errors.on(
            text(),
            "an optional value of a short option is attached (`-kv`): `=` would be a part of the value",
        ),
        _ => {}
    }
    own.or(inherited.filter(|_| is_long && matches!(form, Form::Value(_))))
}

fn list(entries: &Entries, form: &Form, errors: &mut Errors) -> List {
    let many = match form {
        Form::Value(many) | Form::Operand(many) | Form::Last(many) | Form::Variable(_, many) => Some(many),
        _ => None,
    };
    let is_list = matches!(many, Some(Many::List(_)));
    for key in ["delimiter", "values", "min", "max"] {
        if let Some(entry) = entries.get(key)
            && !is_list
        {
            let message = format!("`{key}` needs a `Vec<T>` field");
            match &entry.value {
                Value::Text(text) => errors.on(text, message),
                Value::Number(number) => errors.on(number, message),
                _ => errors.at(entry.key.span(), message),
            }
        }
    }
    let delimiter = entries.text("delimiter");
    if let Some(delimiter) = delimiter {
        if delimiter.value().is_empty() {
            errors.on(delimiter, "a delimiter is not empty");
        }
        no_nul([delimiter], errors);
    }
    if let (Some(style), true) = (entries.text("style"), entries.has("values") && is_list)
        && style.value() != "space"
    {
        errors.on(style, "`values` are words of their own, behind the name: remove `style`");
    }
    match (delimiter, entries.span("values")) {
        (Some(_), Some(span)) => {
            errors.at(span, "`values` and `delimiter` exclude each other: one word each, or one word");
            List::Repeat
        }
        (Some(delimiter), None) => List::Joined(delimiter.clone()),
        (None, Some(_)) => List::Values,
        (None, None) => List::Repeat,
    }
}

fn limits(entries: &Entries, errors: &mut Errors) -> (usize, Option<usize>) {
    let mut number = |key: &str| {
        let number = entries.number(key)?;
        match number.base10_parse::<usize>() {
            Ok(number) => Some(number),
            Err(_) => {
                errors.on(number, format!("`{key}` is a number of items"));
                None
            }
        }
    };
    let (min, max) = (number("min").unwrap_or_default(), number("max"));
    if max.is_some_and(|max| max < min.max(1)) {
        let span = entries.span("max").unwrap_or_else(Span::call_site);
        errors.at(span, "`max` is at least 1, and not less than `min`");
    }
    (min, max)
}

impl Kind {
    /// Checks the name of an environment variable.
    pub(super) fn variable(entries: &Entries, errors: &mut Errors) -> Option<syn::LitStr> {
        let name = entries.text("env")?;
        if let Some(fault) = program::fault_of_variable(&name.value()) {
            errors.on(name, fault);
        }
        Some(name.clone())
    }
}
