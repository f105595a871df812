//! Writes what is known of an argument.

use proc_macro2::{Ident, Span, TokenStream};
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
        with("with_short", field.short.as_ref().filter(|_| said != Said::Short).map(|name| name.text)),
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
    Short,
}

/// Returns the constructor of a field's description: what it is, and one of its names.
fn start(field: &Field) -> (TokenStream, Said) {
    let name = &field.name;
    let (long, short) =
        (field.long.as_ref().map(|long| &long.text), field.short.as_ref().map(|short| short.text));
    let plain = |variant: &str| Ident::new(variant, Span::call_site());
    let (of_value, of_operand, said) = match &field.form {
        Form::Value(Many::List(_)) | Form::Operand(Many::List(_)) => match field.list {
            List::Repeat => ("Values", "Operands", Said::Repeated),
            _ => ("Value", "Operand", Said::Nothing),
        },
        _ if field.required => ("Required", "RequiredOperand", Said::Required),
        _ => ("Value", "Operand", Said::Nothing),
    };
    let kind = match (&field.form, long, short) {
        (Form::Flag | Form::Switch, Some(long), _) => {
            return (quote!(__Arg::Flag(#name, #long)), Said::Nothing);
        }
        (Form::Value(_), Some(long), _) => {
            let variant = plain(of_value);
            return (quote!(__Arg::#variant(#name, #long)), said);
        }
        (Form::Operand(_), ..) => {
            let variant = plain(of_operand);
            return (quote!(__Arg::#variant(#name)), said);
        }
        (Form::Flag, None, Some(short)) => return (quote!(__Arg::ShortFlag(#name, #short)), Said::Short),
        (Form::Count, None, Some(short)) => return (quote!(__Arg::ShortCount(#name, #short)), Said::Short),
        (Form::Value(Many::Optional(_)), None, Some(short)) => {
            return (quote!(__Arg::ShortValue(#name, #short)), Said::Short);
        }
        (Form::Flag | Form::Switch, None, _) => quote!(Flag),
        (Form::Value(_), None, _) => quote!(Value),
        (Form::Count, ..) => quote!(Count),
        (Form::OptionalValue(_), ..) => quote!(OptionalValue),
        (Form::Skip | Form::Last(_), ..) => quote!(Last),
        (Form::Variable(name, _), ..) => quote!(Variable(#name)),
        (Form::Stdin(_), ..) => quote!(Stdin),
        (Form::Group(many), ..) => {
            let ty = many.ty();
            quote_spanned!(at(ty)=> Group(__SetOf::<#ty>::ARGS))
        }
        (Form::Subcommand(many), ..) => {
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
