//! Writes a struct of arguments: its functions, what describes it, its implementation of a trait.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::arg::{describe, described, is_described};
use super::{builder, command, enclosed, place, sets, setters, write};
use crate::model::{Container, Field, Form};

pub(crate) fn container(container: &Container) -> TokenStream {
    let errors = container.head.errors.to_tokens();
    let function = command::function(container);
    let builder = builder::declaration(container);
    let parts = [
        statics(container),
        setters::inherent(container),
        builder::implementation(container),
        match &container.command {
            Some(facts) => command::implementation(container, facts),
            None => args(container),
        },
        default(container),
        sets::checks(container),
    ];
    let enclosed = enclosed(&container.head.krate, &quote!(#(#parts)*));
    quote! {
        #errors
        #function
        #builder
        #enclosed
    }
}

/// Returns whether the constants of a struct may not stand outside of its `impl`.
pub(super) fn is_generic(container: &Container) -> bool {
    !container.head.generics.params.is_empty()
}

/// Returns whether the description of an argument names the type of its field, which may be generic.
fn names_type(container: &Container) -> bool {
    is_generic(container) && container.fields.iter().any(|field| is_group(field) || is_subcommand(field))
}

/// Returns the descriptions of all arguments, in the order of their fields.
fn descriptions(container: &Container) -> TokenStream {
    let fields = container.fields.iter().filter(|field| is_described(field));
    let descriptions = fields.map(describe);
    quote!([#(#descriptions),*])
}

/// Returns the static that holds the descriptions, unless they cannot stand outside of the `impl`.
fn statics(container: &Container) -> TokenStream {
    if !container.head.errors.is_empty() || container.fields.is_empty() || names_type(container) {
        return TokenStream::new();
    }
    let count = container.fields.iter().filter(|field| is_described(field)).count();
    let descriptions = descriptions(container);
    quote!(static __ARGS: [__spec::Arg; #count] = #descriptions;)
}

/// Returns the expression for the descriptions.
pub(super) fn list(container: &Container) -> TokenStream {
    if !container.head.errors.is_empty() || container.fields.is_empty() {
        return quote!(&[]);
    }
    if names_type(container) {
        let descriptions = descriptions(container);
        return quote!(&#descriptions);
    }
    quote!(&__ARGS)
}

/// Returns the body of `write`; a struct with mistakes writes nothing.
pub(super) fn body(container: &Container) -> TokenStream {
    if !container.head.errors.is_empty() || container.fields.is_empty() {
        return TokenStream::new();
    }
    let names = container.fields.iter().filter(|field| is_described(field)).map(described);
    let list = list(container);
    let secrets = container.fields.iter().filter(|field| field.secret).filter_map(|field| {
        let ty = field.form.ty()?;
        Some(quote_spanned!(place(ty)=> __spec::assert_hidden::<#ty>();))
    });
    let lines = write::lines(&container.fields);
    quote! {
        let [#(#names),*] = #list;
        #(#secrets)*
        #lines
    }
}

/// Returns the types whose safety as operands depends on the separator: values, and sets of arguments.
pub(super) fn operands(container: &Container) -> (Vec<TokenStream>, Vec<&syn::Type>) {
    let mut values = Vec::new();
    let mut sets = Vec::new();
    for field in &container.fields {
        match &field.form {
            Form::Operand(many) if !field.allow_hyphen => match &field.with {
                Some(_) => values.push(quote!(::std::ffi::OsString)),
                None => {
                    let ty = many.ty();
                    values.push(quote!(#ty));
                }
            },
            Form::Group(many) | Form::Subcommand(many) => sets.push(many.ty()),
            _ => {}
        }
    }
    (values, sets)
}

fn args(container: &Container) -> TokenStream {
    let ident = &container.head.ident;
    let (impl_generics, ty_generics, where_clause) = container.head.generics.split_for_impl();
    let list = list(container);
    let body = body(container);
    let under = under(container);
    quote! {
        #[automatically_derived]
        impl #impl_generics __spec::Args for #ident #ty_generics #where_clause {
            type Itself = Self;
            const ARGS: &'static [__spec::Arg] = #list;

            fn write(&self, __argv: &mut __spec::Argv) {
                #body
            }
        }
        #under
    }
}

/// Returns the implementation that says under which separator the operands may be written.
fn under(container: &Container) -> TokenStream {
    let ident = &container.head.ident;
    let (values, sets) = match container.head.errors.is_empty() {
        true => operands(container),
        false => (Vec::new(), Vec::new()),
    };
    let mut generics = container.head.generics.clone();
    generics.params.push(syn::parse_quote!(__S));
    let conditions = generics.make_where_clause();
    for value in values {
        conditions.predicates.push(syn::parse_quote!(#value: __spec::OperandUnder<__S>));
    }
    for set in sets {
        conditions.predicates.push(syn::parse_quote!(#set: __spec::ArgsUnder<__S>));
    }
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, ty_generics, _) = container.head.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics __spec::ArgsUnder<__S> for #ident #ty_generics #where_clause {}
    }
}

/// A struct without required fields is `Default`: it is what `new()` makes.
fn default(container: &Container) -> TokenStream {
    if container.fields.iter().any(|field| field.required) {
        return TokenStream::new();
    }
    let ident = &container.head.ident;
    let (impl_generics, ty_generics, where_clause) = container.head.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::default::Default for #ident #ty_generics #where_clause {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}

fn is_subcommand(field: &Field) -> bool {
    matches!(field.form, Form::Subcommand(_))
}

/// Returns whether a field is a flattened set of arguments.
pub(super) fn is_group(field: &Field) -> bool {
    matches!(field.form, Form::Group(_))
}
