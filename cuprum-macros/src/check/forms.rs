//! Decides what a field is, from its type and the keys of its attribute.

use quote::ToTokens as _;
use syn::Type;

use crate::errors::Errors;
use crate::model::{Form, Many};
use crate::parse::{Entries, RawField};
use crate::shape::{Shape, is, is_number, is_unsigned};

/// What the keys of a field's attribute say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Named,
    Positional,
    Last,
    Variable,
    Stdin,
    Flatten,
    Subcommand,
    Skip,
}

/// Keys of every field that writes a value.
const VALUE: &[&str] =
    &["with", "default", "conflicts", "requires", "secret", "danger", "since", "delimiter", "min", "max"];

impl Kind {
    /// The kinds that a key of their own says, in the order in which they are looked for.
    const MARKED: [(&'static str, Self); 7] = [
        ("skip", Self::Skip),
        ("flatten", Self::Flatten),
        ("subcommand", Self::Subcommand),
        ("stdin", Self::Stdin),
        ("env", Self::Variable),
        ("positional", Self::Positional),
        ("last", Self::Last),
    ];

    /// Returns the keys that have a meaning for this kind, beside its own.
    fn keys(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Named => (
                VALUE,
                &[
                    "long",
                    "short",
                    "style",
                    "count",
                    "negatable",
                    "negate",
                    "values",
                    "global",
                    "allow_hyphen",
                ],
            ),
            Self::Positional => (VALUE, &["positional", "always", "allow_hyphen"]),
            Self::Last => (VALUE, &["last", "always", "allow_hyphen"]),
            Self::Variable => (VALUE, &["env"]),
            Self::Stdin => (&["stdin", "required", "secret", "conflicts", "requires"], &[]),
            Self::Flatten => (&["flatten", "global", "required"], &[]),
            Self::Subcommand => (&["subcommand"], &[]),
            Self::Skip => (&["skip"], &[]),
        }
    }
}

pub(super) fn kind(entries: &Entries) -> Kind {
    Kind::MARKED.iter().find(|(key, _)| entries.has(key)).map_or(Kind::Named, |(_, kind)| *kind)
}

/// Reports the keys that have no meaning for a kind of field.
pub(super) fn reject_foreign_keys(kind: Kind, entries: &Entries, errors: &mut Errors) {
    let (common, own) = kind.keys();
    for entry in entries.iter() {
        let key = entry.name.as_str();
        if common.contains(&key) || own.contains(&key) {
            continue;
        }
        let is_name = key == "long" || key == "short";
        let marker = Kind::MARKED.iter().find(|(_, marked)| *marked == kind).map(|(marker, _)| *marker);
        let message = match (kind, marker) {
            (Kind::Flatten, _) if is_name => {
                "`flatten` takes the names of the inner type: remove `long`/`short`".to_owned()
            }
            (Kind::Positional | Kind::Last, Some(marker)) if is_name => {
                format!("an operand has no name: remove `long`/`short`, or remove `{marker}`")
            }
            (Kind::Positional | Kind::Last | Kind::Named, _) if key == "required" => {
                "the type says what is required: a plain `T` is, an `Option<T>` is not".to_owned()
            }
            (_, Some(marker)) => format!("`{key}` has no meaning beside `{marker}`"),
            (_, None) => format!("`{key}` has no meaning for an option"),
        };
        errors.at(entry.key.span(), message);
    }
}

/// Returns the form of a field, or reports why its type has none.
pub(super) fn form(raw: &RawField, kind: Kind, errors: &mut Errors) -> Option<Form> {
    let entries = &raw.entries;
    let ty = &raw.ty;
    match kind {
        Kind::Skip => Some(Form::Skip),
        Kind::Flatten => Some(Form::Group(many(ty))),
        Kind::Subcommand => match many(ty) {
            Many::List(_) => {
                errors.on(ty, "a command has one subcommand at most: use `T` or `Option<T>`");
                None
            }
            many => Some(Form::Subcommand(many)),
        },
        Kind::Stdin => {
            let content = match Shape::of(ty) {
                Shape::Optional(inner) => inner,
                _ => ty,
            };
            if is(content, "bool") || is_number(content) {
                errors.on(content, "standard input is text or bytes: use a `String` or a `Vec<u8>`");
                return None;
            }
            let many = match Shape::of(ty) {
                Shape::Optional(inner) => Many::Optional(inner.clone()),
                Shape::List(_) => Many::List(ty.clone()),
                _ => Many::One(ty.clone()),
            };
            if let (Some(span), false) = (entries.span("required"), matches!(many, Many::List(_))) {
                errors.at(
                    span,
                    "`required` is for a list of bytes: a plain `T` always is, an `Option<T>` never",
                );
            }
            Some(Form::Stdin(many))
        }
        Kind::Variable => {
            let many = value(raw, errors)?;
            let name = Kind::variable(entries, errors)?;
            if matches!(many, Many::List(_)) && !entries.has("delimiter") {
                errors.on(ty, "a variable holds one text: say how the list is joined with `delimiter`");
                return None;
            }
            Some(Form::Variable(name, many))
        }
        Kind::Positional => Some(Form::Operand(operand(raw, "positional", errors)?)),
        Kind::Last => Some(Form::Last(operand(raw, "last", errors)?)),
        Kind::Named => named(raw, errors),
    }
}

fn operand(raw: &RawField, key: &str, errors: &mut Errors) -> Option<Many> {
    if let Shape::Bool = Shape::of(&raw.ty) {
        let span = raw.entries.span(key).unwrap_or_else(proc_macro2::Span::call_site);
        errors.at(span, "a `bool` cannot be an operand: make it a flag or use a value enum");
        return None;
    }
    value(raw, errors)
}

/// Returns how many values a field without a name of its own holds.
fn value(raw: &RawField, errors: &mut Errors) -> Option<Many> {
    let ty = &raw.ty;
    default_on_wrapped(raw, errors);
    match Shape::of(ty) {
        Shape::Bool => errors.on(ty, "a `bool` has no text: make it a flag or use a value enum"),
        Shape::Optional(inner) | Shape::List(inner) if is_wordless(raw, inner) => errors.on(inner, WORDLESS),
        Shape::OptionalOptional(_) => errors.on(ty, "use `Option<T>`: only a named option can be bare"),
        Shape::Optional(inner) if is_list(inner) => errors.on(ty, OPTION_VEC),
        _ => return Some(many(ty)),
    }
    None
}

fn named(raw: &RawField, errors: &mut Errors) -> Option<Form> {
    let (entries, ty) = (&raw.entries, &raw.ty);
    let shape = Shape::of(ty);
    let negatable = entries.span("negatable").or(entries.span("negate"));
    if entries.has("count") {
        if !is_unsigned(ty) {
            errors.on(ty, "`count` needs an unsigned integer field such as `u8`");
            return None;
        }
        only_names(entries, "count", errors);
        return Some(Form::Count);
    }
    match (shape, negatable) {
        (Shape::Bool, Some(span)) => {
            errors.at(span, "`negatable` has three states: use `Option<bool>` (None = say nothing)");
            return None;
        }
        (Shape::Bool, None) => {
            only_names(entries, "a flag", errors);
            return Some(Form::Flag);
        }
        (Shape::Optional(inner), Some(_)) if is(inner, "bool") => {
            default_on_wrapped(raw, errors);
            only_names(entries, "negatable", errors);
            return Some(Form::Switch);
        }
        (_, Some(span)) => {
            errors.at(span, "`negatable` needs an `Option<bool>` field");
            return None;
        }
        (Shape::Optional(inner), None) if is(inner, "bool") => {
            let message = "`Option<bool>` is ambiguous: use `bool` for a flag, or add `#[arg(negatable)]` for a flag and its opposite";
            errors.on(ty, message);
            return None;
        }
        _ => {}
    }
    default_on_wrapped(raw, errors);
    match shape {
        Shape::Optional(inner) if is_list(inner) => {
            errors.on(ty, OPTION_VEC);
            None
        }
        Shape::OptionalOptional(inner) | Shape::List(inner) if is_wordless(raw, inner) => {
            errors.on(inner, WORDLESS);
            None
        }
        Shape::OptionalOptional(inner) => {
            if let Some(span) = entries.span("with") {
                errors.at(span, "`with` has no meaning for an optional value");
            }
            Some(Form::OptionalValue(inner.clone()))
        }
        _ => {
            if let Some(span) = entries.span("allow_hyphen")
                && !entries.has("values")
            {
                errors.at(
                    span,
                    "`allow_hyphen` is for operands and for `values`: an option's value is its own",
                );
            }
            Some(Form::Value(many(ty)))
        }
    }
}

/// Returns whether the values of a field would be `bool`s, which no function writes.
fn is_wordless(raw: &RawField, inner: &Type) -> bool {
    is(inner, "bool") && !raw.entries.has("with")
}

const WORDLESS: &str = "a `bool` has no text: use a value enum, or write it by a function, `with = ..`";

const OPTION_VEC: &str = "use `Vec<T>`: an empty list already means absent";

/// Reports keys about values on a field that has none.
fn only_names(entries: &Entries, what: &str, errors: &mut Errors) {
    for key in ["with", "default", "secret", "style", "allow_hyphen"] {
        if let Some(span) = entries.span(key)
            && !(key == "default" && what == "negatable")
        {
            errors.at(span, format!("`{key}` is about a value, and {} has none", article(what)));
        }
    }
}

fn article(what: &str) -> String {
    if what.starts_with("a ") { what.to_owned() } else { format!("`{what}`") }
}

fn default_on_wrapped(raw: &RawField, errors: &mut Errors) {
    let Some(entry) = raw.entries.get("default") else { return };
    if let Shape::Plain = Shape::of(&raw.ty) {
        return;
    }
    let message = "`default` needs a plain `T` field: it is always written, so the field is never absent";
    match &entry.value {
        crate::parse::Value::Expr(expression) => errors.on(expression.to_token_stream(), message),
        _ => errors.at(entry.key.span(), message),
    }
}

fn is_list(ty: &Type) -> bool {
    matches!(Shape::of(ty), Shape::List(_))
}

fn many(ty: &Type) -> Many {
    match Shape::of(ty) {
        Shape::Optional(inner) => Many::Optional(inner.clone()),
        Shape::List(inner) => Many::List(inner.clone()),
        _ => Many::One(ty.clone()),
    }
}
