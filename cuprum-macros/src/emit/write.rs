//! Writes what `write` does: the rules between fields, then one call for each field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::arg::in_order;
use super::at;
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
    let mut calls = TokenStream::new();
    let mut row = Vec::new();
    for field in in_order(fields) {
        match write(field) {
            Write::Value(value) => row.push(value),
            Write::Call(call) => {
                calls.extend(together(&std::mem::take(&mut row)));
                calls.extend(call);
            }
        }
    }
    calls.extend(together(&row));
    calls
}

/// Returns the call that writes a row of fields, if there are any: one call costs the compiler less than many.
fn together(row: &[TokenStream]) -> Option<TokenStream> {
    (!row.is_empty()).then(|| quote!(.write(&[#(#row),*])))
}

/// How a field is written.
enum Write {
    /// By a reference to what says itself how it is written.
    Value(TokenStream),
    /// By a call of its own.
    Call(TokenStream),
}

fn write(field: &Field) -> Write {
    let ident = &at_type(field);
    let call = match &field.form {
        Form::Skip => TokenStream::new(),
        Form::Flag | Form::Switch => return Write::Value(quote!(&self.#ident)),
        Form::OptionalValue(ty) => return Write::Value(quote_spanned!(at(ty)=> &self.#ident)),
        Form::Count => quote!(.count(self.#ident)),
        Form::Value(many) | Form::Operand(many) | Form::Last(many) | Form::Variable(_, many) => {
            return Write::Value(value(field, many));
        }
        Form::Stdin(Many::Optional(_)) if field.secret => quote!(.maybe_secret_stdin(&self.#ident)),
        Form::Stdin(_) if field.secret => quote!(.secret_stdin(&self.#ident)),
        Form::Stdin(Many::Optional(_)) => quote!(.maybe_stdin(&self.#ident)),
        Form::Stdin(_) => quote!(.stdin(&self.#ident)),
        form @ (Form::Group(many) | Form::Subcommand(many)) => {
            let (method, owner) = match (form, many) {
                (Form::Group(_), Many::One(_)) => (quote!(group), quote!(SetOf)),
                (Form::Group(_), Many::Optional(_)) => (quote!(maybe_group), quote!(SetOf)),
                (Form::Group(_), Many::List(_)) => (quote!(groups), quote!(SetOf)),
                (_, Many::Optional(_)) => (quote!(maybe_subcommand), quote!(ChoiceOf)),
                _ => (quote!(subcommand), quote!(ChoiceOf)),
            };
            let ty = many.ty();
            quote_spanned!(at(ty)=> .#method(&self.#ident, __spec::#owner::<#ty>::write))
        }
    };
    Write::Call(call)
}

fn value(field: &Field, many: &Many) -> TokenStream {
    let ident = &at_type(field);
    match (many, &field.with) {
        (many, None) => quote_spanned!(at(many.ty())=> &self.#ident),
        (Many::One(_), Some(with)) => quote!(&#with(&self.#ident)),
        (Many::Optional(_), Some(with)) => quote!(&self.#ident.as_ref().map(|__value| #with(__value))),
        (Many::List(_), Some(with)) => quote!(&__spec::each(&self.#ident, |__value| #with(__value))),
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
