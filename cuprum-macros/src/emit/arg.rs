//! Writes what is known of an argument.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};

use super::{at, style, with, with_word};
use crate::model::{Danger, Field, Form, List, Many};

/// Returns the fields that are described, in the order in which they are written: the subcommand is last.
pub(super) fn in_order(fields: &[Field]) -> impl Iterator<Item = &Field> {
    let is_last = |field: &&Field| matches!(field.form, Form::Subcommand(_));
    let described = |field: &&Field| !matches!(field.form, Form::Skip | Form::Subcommand(_));
    fields.iter().filter(described).chain(fields.iter().filter(is_last))
}

/// Returns the expression that describes a field.
pub(super) fn describe(field: &Field) -> TokenStream {
    let limits = (field.min > 0 || field.max.is_some()).then(|| {
        let min = field.min;
        match field.max {
            Some(max) => quote!(#min, #max),
            None => quote!(#min, ::core::primitive::usize::MAX),
        }
    });
    let (mut description, said) = start(field);
    let calls = [
        list(field).filter(|_| said != Said::Repeated),
        with("with_short", field.short.as_ref().map(|name| name.text)),
        with("with_negation", field.negation.as_ref().map(|name| &name.text)),
        with("with_style", field.style.map(style)),
        with("with_limits", limits),
        with_word("with_global", field.global),
        with_word("with_required", field.required && said != Said::Required),
        with_word("with_allow_hyphen", field.allow_hyphen),
        with_word("with_always", field.always),
        with_word("with_secret", field.secret),
        danger(field.danger),
        with("with_since", field.since.as_ref()),
    ];
    // Most fields have none: an empty repetition would cost as much as a call.
    for call in calls.into_iter().flatten() {
        call.to_tokens(&mut description);
    }
    description
}

/// What the constructor of a description says beside the names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Required,
    Repeated,
}

/// Returns the constructor of a field's description: what it is, and its long name.
fn start(field: &Field) -> (TokenStream, Said) {
    let name = &field.name;
    let long = field.long.as_ref().map(|long| &long.text);
    let said = match &field.form {
        Form::Value(Many::List(_)) | Form::Operand(Many::List(_)) => match field.list {
            List::Repeat => Said::Repeated,
            _ => Said::Nothing,
        },
        _ if field.required => Said::Required,
        _ => Said::Nothing,
    };
    let kind = match (&field.form, long) {
        (Form::Flag | Form::Switch, Some(long)) => {
            return (quote!(__Arg::Flag(#name, #long)), Said::Nothing);
        }
        (Form::Value(_), Some(long)) => {
            let constructor = match said {
                Said::Nothing => quote!(__Arg::Value(#name, #long)),
                Said::Required => quote!(__Arg::Required(#name, #long)),
                Said::Repeated => quote!(__Arg::Values(#name, #long)),
            };
            return (constructor, said);
        }
        (Form::Operand(_), _) => {
            let constructor = match said {
                Said::Nothing => quote!(__Arg::Operand(#name)),
                Said::Required => quote!(__Arg::RequiredOperand(#name)),
                Said::Repeated => quote!(__Arg::Operands(#name)),
            };
            return (constructor, said);
        }
        (Form::Flag | Form::Switch, None) => quote!(Flag),
        (Form::Value(_), None) => quote!(Value),
        (Form::Count, _) => quote!(Count),
        (Form::OptionalValue(_), _) => quote!(OptionalValue),
        (Form::Skip | Form::Last(_), _) => quote!(Last),
        (Form::Variable(name, _), _) => quote!(Variable(#name)),
        (Form::Stdin(_), _) => quote!(Stdin),
        (Form::Group(many), _) => {
            let ty = many.ty();
            quote_spanned!(at(ty)=> Group(__SetOf::<#ty>::ARGS))
        }
        (Form::Subcommand(many), _) => {
            let ty = many.ty();
            quote_spanned!(at(ty)=> Subcommand(__ChoiceOf::<#ty>::SUBCOMMANDS))
        }
    };
    let constructor = match long {
        Some(long) => quote!(__Arg::named(#name, __ArgKind::#kind, #long)),
        None => quote!(__Arg::new(#name, __ArgKind::#kind)),
    };
    (constructor, Said::Nothing)
}

/// Returns the call that says how the items of a list are written.
fn list(field: &Field) -> Option<TokenStream> {
    Some(match (&field.form, &field.list) {
        (_, List::Joined(delimiter)) => quote!(.with_list(__List::Joined(#delimiter))),
        (_, List::Values) => quote!(.with_list(__List::Values)),
        (
            Form::Value(Many::List(_))
            | Form::Operand(Many::List(_))
            | Form::Last(Many::List(_))
            | Form::Group(Many::List(_)),
            List::Repeat,
        ) => quote!(.repeated()),
        _ => return None,
    })
}

pub(super) fn danger(danger: Option<Danger>) -> Option<TokenStream> {
    let danger = danger.map(|danger| match danger {
        Danger::Exec => quote!(__Danger::Exec),
        Danger::Write => quote!(__Danger::Write),
        Danger::Net => quote!(__Danger::Net),
        Danger::Loss => quote!(__Danger::Loss),
    });
    with("with_danger", danger)
}
