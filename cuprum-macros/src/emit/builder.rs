//! Writes the typestate builder: one type parameter for each required field.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Visibility};

use super::setters::{given, parameter};
use super::spec;
use crate::model::{Container, Field};
use crate::names::plain;

/// Returns the struct, and a type named after each required field; nothing if there is no builder.
pub(super) fn declaration(container: &Container) -> TokenStream {
    if !container.builder || !container.head.errors.is_empty() {
        return TokenStream::new();
    }
    let vis = &container.head.vis;
    let (builder, module) = (builder(container), module(container));
    let names = names(container);
    let states: Vec<Ident> = required(container).map(state).collect();
    let what = format!(
        "Takes what [`{}`] requires by name, in any order: {}.",
        container.head.ident,
        list(container)
    );
    let field_vis = inner_visibility(vis);
    quote! {
        #[doc = #what]
        #[allow(dead_code, unreachable_pub)]
        #[must_use = "a builder does nothing until `build` is called"]
        #vis struct #builder<#(#states),*> {
            #(#names: #states),*
        }

        #[doc(hidden)]
        #[allow(non_camel_case_types, non_snake_case, missing_debug_implementations)]
        #vis mod #module {
            #(#field_vis enum #names {})*
        }
    }
}

/// Returns the function that starts the builder, which stands beside `new`.
pub(super) fn start(container: &Container) -> TokenStream {
    if !container.builder || !container.head.errors.is_empty() {
        return TokenStream::new();
    }
    let vis = &container.head.vis;
    let (builder, module) = (builder(container), module(container));
    let names = names(container);
    let make = format!("Creates a builder that takes what is required by name: {}.", list(container));
    quote! {
        #[doc = #make]
        #vis const fn builder() -> #builder<#(__spec::Missing<#module::#names>),*> {
            #builder { #(#names: __spec::Missing::new()),* }
        }
    }
}

/// Returns the functions of the builder.
pub(super) fn implementation(container: &Container) -> TokenStream {
    if !container.builder || !container.head.errors.is_empty() {
        return TokenStream::new();
    }
    let vis = &container.head.vis;
    let ident = &container.head.ident;
    let builder = builder(container);
    let names = names(container);
    let types = required(container).map(|field| &field.ty);
    let states: Vec<Ident> = required(container).map(state).collect();
    let setters = required(container).map(|field| setter(container, field));
    let build = format!("Creates the [`{ident}`]; what is optional is set on it.");
    quote! {
        impl<#(#states),*> #builder<#(#states),*> {
            #(#setters)*

            #[doc = #build]
            #vis fn build(self) -> #ident
            where
                #(#states: __spec::Given<#types>,)*
            {
                #ident::new(#(self.#names.take()),*)
            }
        }
    }
}

fn required(container: &Container) -> impl Iterator<Item = &Field> {
    container.fields.iter().filter(|field| field.required)
}

fn names(container: &Container) -> Vec<&Ident> {
    required(container).map(|field| &field.ident).collect()
}

fn list(container: &Container) -> String {
    names(container).iter().map(|name| format!("`{}`", plain(name))).collect::<Vec<_>>().join(", ")
}

fn builder(container: &Container) -> Ident {
    format_ident!("{}Builder", container.head.ident)
}

fn module(container: &Container) -> Ident {
    format_ident!("__{}_fields", container.head.ident)
}

/// Returns a visibility as it is written one module deeper.
fn inner_visibility(vis: &Visibility) -> TokenStream {
    match vis {
        Visibility::Public(_) => quote!(#vis),
        Visibility::Inherited => quote!(pub(super)),
        Visibility::Restricted(restricted) => {
            let path = &restricted.path;
            if path.is_ident("self") {
                quote!(pub(super))
            } else if path.segments.first().is_some_and(|segment| segment.ident == "super") {
                quote!(pub(in super::#path))
            } else {
                quote!(#vis)
            }
        }
    }
}

/// Returns the type parameter of a field.
fn state(field: &Field) -> Ident {
    format_ident!("__{}", field.name.to_uppercase(), span = field.ident.span())
}

fn setter(container: &Container, field: &Field) -> TokenStream {
    let vis = &container.head.vis;
    let ident = &field.ident;
    let kept = &field.kept;
    let own = state(field);
    let (builder, module) = (builder(container), module(container));
    let parameter = parameter(&spec(), field);
    let given = given(field);
    let states = required(container).map(|other| {
        let state = state(other);
        let ty = &field.ty;
        if other.ident == *ident { quote!(__spec::Set<#module::#ident, #ty>) } else { quote!(#state) }
    });
    let values = required(container).map(|other| {
        let name = &other.ident;
        if name == ident { quote!(#name: __spec::Set::new(#given)) } else { quote!(#name: self.#name) }
    });
    let doc = format!("Sets `{}`.", plain(ident));
    let gap = kept.iter().any(|attr| attr.path().is_ident("doc")).then(|| quote!(#[doc = ""]));
    quote! {
        #(#kept)*
        #gap
        #[doc = #doc]
        #vis fn #ident(self, #ident: #parameter) -> #builder<#(#states),*>
        where
            #own: __spec::Open<#module::#ident>,
        {
            #builder { #(#values),* }
        }
    }
}
