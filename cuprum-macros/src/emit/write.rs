//! Writes the line of `write` that each field is.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::arg::described;
use super::place;
use crate::model::{Field, Form, List, Many};

/// Returns the lines that write the fields; the subcommand comes after all options.
pub(super) fn lines(fields: &[Field]) -> TokenStream {
    let is_subcommand = |field: &&Field| matches!(field.form, Form::Subcommand(_));
    let first = fields.iter().filter(|field| !is_subcommand(field)).map(line);
    let last = fields.iter().filter(is_subcommand).map(line);
    let rules = fields.iter().map(|field| rules(field, fields));
    quote!(#(#rules)* #(#first)* #(#last)*)
}

fn line(field: &Field) -> TokenStream {
    let ident = &at_type(field);
    let arg = described(field);
    match &field.form {
        Form::Skip => TokenStream::new(),
        Form::Flag => quote!(__argv.flag(#arg, self.#ident);),
        Form::Switch => quote!(__argv.switch(#arg, self.#ident);),
        Form::Count => quote!(__argv.count(#arg, self.#ident as ::core::primitive::u64);),
        Form::Value(many) | Form::Operand(many) | Form::Last(many) | Form::Variable(_, many) => {
            value(field, many)
        }
        Form::OptionalValue(ty) => {
            quote_spanned!(place(ty)=> __argv.optional(#arg, &self.#ident);)
        }
        Form::Stdin(Many::Optional(_)) => quote! {
            if let ::core::option::Option::Some(__bytes) = &self.#ident {
                __argv.stdin(__bytes);
            }
        },
        Form::Stdin(_) => quote!(__argv.stdin(&self.#ident);),
        Form::Group(many) => {
            each(field, many, &quote_spanned!(place(many.ty())=> __argv.group(#arg, __value);))
        }
        Form::Subcommand(many) => {
            each(field, many, &quote_spanned!(place(many.ty())=> __argv.subcommand(__value);))
        }
    }
}

fn value(field: &Field, many: &Many) -> TokenStream {
    let ident = &at_type(field);
    let arg = described(field);
    let ty = many.ty();
    match (many, &field.with) {
        (Many::List(_), None) => quote_spanned!(place(ty)=> __argv.list(#arg, &self.#ident);),
        (Many::List(_), Some(with)) => {
            if let List::Repeat = field.list
                && field.min == 0
                && field.max.is_none()
            {
                return each(field, many, &quote!(__argv.value(#arg, &#with(__value));));
            }
            quote_spanned! {place(ty)=>
                let __texts: ::std::vec::Vec<::std::ffi::OsString> =
                    ::core::iter::Iterator::collect(::core::iter::Iterator::map(self.#ident.iter(), #with));
                __argv.list(#arg, &__texts);
            }
        }
        (Many::Optional(_), None) => quote_spanned!(place(ty)=> __argv.maybe(#arg, &self.#ident);),
        (Many::One(_), None) => quote_spanned!(place(ty)=> __argv.value(#arg, &self.#ident);),
        (_, Some(with)) => each(field, many, &quote!(__argv.value(#arg, &#with(__value));)),
    }
}

/// Returns `line` for the field's value, for each if there may be several, with `__value` in it.
fn each(field: &Field, many: &Many, line: &TokenStream) -> TokenStream {
    let ident = &at_type(field);
    match many {
        Many::One(ty) => replace(line, &quote_spanned!(place(ty)=> &self.#ident)),
        Many::Optional(_) => quote! {
            if let ::core::option::Option::Some(__value) = &self.#ident {
                #line
            }
        },
        Many::List(_) => quote! {
            for __value in &self.#ident {
                #line
            }
        },
    }
}

/// Returns the field's name at the place of its type, where a message about its value belongs.
fn at_type(field: &Field) -> syn::Ident {
    let mut ident = field.ident.clone();
    if let Some(ty) = field.form.ty() {
        ident.set_span(place(ty));
    }
    ident
}

/// Returns `line` with `value` in place of `__value`.
fn replace(line: &TokenStream, value: &TokenStream) -> TokenStream {
    use proc_macro2::{Group, TokenTree};
    line.clone()
        .into_iter()
        .flat_map(|tree| match tree {
            TokenTree::Ident(ident) if ident == "__value" => value.clone(),
            TokenTree::Group(group) => {
                let mut replaced = Group::new(group.delimiter(), replace(&group.stream(), value));
                replaced.set_span(group.span());
                TokenTree::Group(replaced).into()
            }
            tree => tree.into(),
        })
        .collect()
}

/// Returns the lines that check what a field requires and excludes.
fn rules(field: &Field, fields: &[Field]) -> TokenStream {
    let arg = described(field);
    let set = is_set(field);
    let others = |names: &[syn::LitStr]| -> Vec<TokenStream> {
        let find = |name: &syn::LitStr| fields.iter().find(|field| field.name == name.value());
        names
            .iter()
            .filter_map(find)
            .map(|other| {
                let (name, set) = (&other.name, is_set(other));
                quote!((#name, #set))
            })
            .collect()
    };
    let (requires, conflicts) = (others(&field.requires), others(&field.conflicts));
    let mut lines = TokenStream::new();
    if !requires.is_empty() {
        lines.extend(quote!(__argv.requires(#arg, #set, &[#(#requires),*]);));
    }
    if !conflicts.is_empty() {
        lines.extend(quote!(__argv.conflicts(#arg, #set, &[#(#conflicts),*]);));
    }
    lines
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
