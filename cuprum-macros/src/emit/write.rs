//! Writes what `write` does: the rules between fields, then one call for each field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::arg::in_order;
use super::{at, place};
use crate::model::{Field, Form, Many};

/// Returns the checks of what fields require and exclude.
pub(super) fn rules(fields: &[Field]) -> TokenStream {
    let mut lines = TokenStream::new();
    for field in fields {
        for (rule, names) in [("requires", &field.requires), ("conflicts", &field.conflicts)] {
            if names.is_empty() {
                continue;
            }
            let find = |name: &syn::LitStr| fields.iter().find(|field| field.name == name.value());
            let others = names.iter().filter_map(find).map(|other| {
                let (name, set) = (&other.name, is_set(other));
                quote!((#name, #set))
            });
            let rule = syn::Ident::new(rule, proc_macro2::Span::call_site());
            let (name, set) = (&field.name, is_set(field));
            lines.extend(quote!(__argv.#rule(#name, #set, &[#(#others),*]);));
        }
    }
    lines
}

/// Returns the calls that write the fields, in the order of their descriptions.
pub(super) fn calls(fields: &[Field]) -> TokenStream {
    in_order(fields).map(call).collect()
}

fn call(field: &Field) -> TokenStream {
    let ident = &at_type(field);
    match &field.form {
        Form::Skip => TokenStream::new(),
        Form::Flag => quote!(.flag(self.#ident)),
        Form::Switch => quote!(.switch(self.#ident)),
        Form::Count => quote!(.count(self.#ident)),
        Form::Value(many) | Form::Operand(many) | Form::Last(many) | Form::Variable(_, many) => {
            value(field, many)
        }
        Form::OptionalValue(ty) => quote_spanned!(at(ty)=> .optional(&self.#ident)),
        Form::Stdin(Many::Optional(_)) if field.secret => quote!(.maybe_secret_stdin(&self.#ident)),
        Form::Stdin(_) if field.secret => quote!(.secret_stdin(&self.#ident)),
        Form::Stdin(Many::Optional(_)) => quote!(.maybe_stdin(&self.#ident)),
        Form::Stdin(_) => quote!(.stdin(&self.#ident)),
        form @ (Form::Group(many) | Form::Subcommand(many)) => {
            let (method, owner) = match (form, many) {
                (Form::Group(_), Many::One(_)) => (quote!(group), quote!(__SetOf)),
                (Form::Group(_), Many::Optional(_)) => (quote!(maybe_group), quote!(__SetOf)),
                (Form::Group(_), Many::List(_)) => (quote!(groups), quote!(__SetOf)),
                (_, Many::Optional(_)) => (quote!(maybe_subcommand), quote!(__ChoiceOf)),
                _ => (quote!(subcommand), quote!(__ChoiceOf)),
            };
            let ty = many.ty();
            quote_spanned!(at(ty)=> .#method(&self.#ident, #owner::<#ty>::write))
        }
    }
}

fn value(field: &Field, many: &Many) -> TokenStream {
    let ident = &at_type(field);
    match (many, &field.with) {
        (Many::One(ty), None) => quote_spanned!(at(ty)=> .value(&self.#ident)),
        (Many::Optional(ty), None) => quote_spanned!(at(ty)=> .maybe(&self.#ident)),
        (Many::List(ty), None) => quote_spanned!(at(ty)=> .list(&self.#ident)),
        (Many::One(_), Some(with)) => quote_spanned!(place(with)=> .value(&#with(&self.#ident))),
        (Many::Optional(_), Some(with)) => {
            quote_spanned!(place(with)=> .maybe(&self.#ident.as_ref().map(|__value| #with(__value))))
        }
        (Many::List(_), Some(with)) => {
            quote_spanned!(place(with)=> .list(&__each(&self.#ident, |__value| #with(__value))))
        }
    }
}

/// Returns the field's name at the place of its type, where a message about its value belongs.
fn at_type(field: &Field) -> syn::Ident {
    let mut ident = field.ident.clone();
    if let Some(ty) = field.form.ty() {
        ident.set_span(at(ty));
    }
    ident
}

/// Returns the expression that says whether a field is set.
fn is_set(field: &Field) -> TokenStream {
    let ident = &field.ident;
    match &field.form {
        Form::Flag => quote!(self.#ident),
        Form::Count => quote!(self.#ident != 0),
        Form::Switch | Form::OptionalValue(_) => quote!(self.#ident.is_some()),
        Form::Value(many)
        | Form::Operand(many)
        | Form::Last(many)
        | Form::Variable(_, many)
        | Form::Stdin(many)
        | Form::Group(many)
        | Form::Subcommand(many) => match many {
            Many::One(_) => quote!(true),
            Many::Optional(_) => quote!(self.#ident.is_some()),
            Many::List(_) => quote!(!self.#ident.is_empty()),
        },
        Form::Skip => quote!(false),
    }
}
