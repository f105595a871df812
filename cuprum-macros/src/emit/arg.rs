//! Writes what is known of an argument.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use super::{place, spec, style, with, with_word};
use crate::model::{Danger, Field, Form, List, Many};

/// Returns the name under which `write` knows what describes a field.
pub(super) fn described(field: &Field) -> Ident {
    format_ident!("__arg_{}", field.name, span = field.ident.span())
}

/// Returns whether a field is described at all.
pub(super) fn is_described(field: &Field) -> bool {
    !matches!(field.form, Form::Skip)
}

/// Returns the expression that describes a field.
pub(super) fn describe(field: &Field) -> TokenStream {
    let name = &field.name;
    let kind = match &field.form {
        Form::Flag | Form::Switch => quote!(Flag),
        Form::Count => quote!(Count),
        Form::Value(_) => quote!(Value),
        Form::OptionalValue(_) => quote!(OptionalValue),
        Form::Operand(_) | Form::Skip => quote!(Operand),
        Form::Last(_) => quote!(Last),
        Form::Variable(name, _) => quote!(Variable(#name)),
        Form::Stdin(_) => quote!(Stdin),
        Form::Group(many) => {
            let ty = many.ty();
            quote_spanned!(place(ty)=> Group(<#ty as __spec::Args>::ARGS))
        }
        Form::Subcommand(many) => {
            let ty = many.ty();
            quote_spanned!(place(ty)=> Subcommand(<#ty as __spec::Subcommand>::SUBCOMMANDS))
        }
    };
    let list = match (&field.form, &field.list) {
        (_, List::Joined(delimiter)) => Some(quote!(__spec::List::Joined(#delimiter))),
        (_, List::Values) => Some(quote!(__spec::List::Values)),
        (
            Form::Value(Many::List(_))
            | Form::Operand(Many::List(_))
            | Form::Last(Many::List(_))
            | Form::Group(Many::List(_)),
            List::Repeat,
        ) => Some(quote!(__spec::List::Repeat)),
        _ => None,
    };
    let limits = (field.min > 0 || field.max.is_some()).then(|| {
        let min = field.min;
        let max = match field.max {
            Some(max) => quote!(#max),
            None => quote!(::core::primitive::usize::MAX),
        };
        quote!(#min, #max)
    });
    let calls = [
        with("with_short", field.short.as_ref().map(|name| name.text)),
        with("with_negation", field.negation.as_ref().map(|name| &name.text)),
        with("with_style", field.style.map(|own| style(&spec(), own))),
        with("with_list", list),
        with("with_limits", limits),
        with_word("with_global", field.global),
        with_word("with_required", field.required),
        with_word("with_allow_hyphen", field.allow_hyphen),
        with_word("with_secret", field.secret),
        danger(&spec(), field.danger),
        with("with_since", field.since.as_ref()),
    ];
    let start = match &field.long {
        Some(long) => {
            let long = &long.text;
            quote!(named(#name, __spec::ArgKind::#kind, #long))
        }
        None => quote!(new(#name, __spec::ArgKind::#kind)),
    };
    quote!(__spec::Arg::#start #(#calls)*)
}

pub(super) fn danger(spec: &TokenStream, danger: Option<Danger>) -> TokenStream {
    with(
        "with_danger",
        danger.map(|danger| match danger {
            Danger::Exec => quote!(#spec::Danger::Exec),
            Danger::Write => quote!(#spec::Danger::Write),
            Danger::Net => quote!(#spec::Danger::Net),
            Danger::Loss => quote!(#spec::Danger::Loss),
        }),
    )
}
