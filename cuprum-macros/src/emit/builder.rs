//! Writes the typestate builder: one type parameter for each required field.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Visibility};

use super::setters::{given, parameter};
use crate::model::{Container, Field};
use crate::names::plain;

/// Returns the builder of a struct, or nothing if it has none.
pub(super) fn builder(container: &Container) -> TokenStream {
    if !container.builder || !container.head.errors.is_empty() {
        return TokenStream::new();
    }
    let krate = &container.head.krate;
    let vis = &container.head.vis;
    let ident = &container.head.ident;
    let builder = format_ident!("{ident}Builder");
    let module = format_ident!("__{ident}_fields");
    let required: Vec<&Field> = container.fields.iter().filter(|field| field.required).collect();
    let names: Vec<&Ident> = required.iter().map(|field| &field.ident).collect();
    let types: Vec<_> = required.iter().map(|field| &field.ty).collect();
    let states: Vec<Ident> = required.iter().map(|field| state(field)).collect();
    let setters = required.iter().map(|field| setter(container, field, &required, &builder, &module));
    let list = names.iter().map(|name| format!("`{}`", plain(name))).collect::<Vec<_>>().join(", ");
    let what = format!("Takes what [`{ident}`] requires by name, in any order: {list}.");
    let make = format!("Creates a builder that takes what is required by name: {list}.");
    let build = format!("Creates the [`{ident}`]; what is optional is set on it.");
    let field_vis = inner_visibility(vis);
    quote! {
        #[allow(dead_code, unreachable_pub)]
        impl #ident {
            #[doc = #make]
            #vis const fn builder() -> #builder<#(#krate::spec::Missing<#module::#names>),*> {
                #builder { #(#names: #krate::spec::Missing::new()),* }
            }
        }

        #[doc = #what]
        #[allow(dead_code, unreachable_pub)]
        #[must_use = "a builder does nothing until `build` is called"]
        #vis struct #builder<#(#states),*> {
            #(#names: #states),*
        }

        #[doc(hidden)]
        #[allow(non_snake_case)]
        #vis mod #module {
            #(
                #[allow(non_camel_case_types, missing_debug_implementations)]
                #field_vis struct #names;
            )*
        }

        const _: () = {
            #(
                #[automatically_derived]
                impl #krate::spec::Required for #module::#names {
                    type Value = #types;
                }
            )*

            #[allow(dead_code, unreachable_pub, clippy::all)]
            impl<#(#states),*> #builder<#(#states),*> {
                #(#setters)*

                #[doc = #build]
                #vis fn build(self) -> #ident
                where
                    #(#states: #krate::spec::Given<#module::#names>,)*
                {
                    #ident::new(#(#krate::spec::Given::<#module::#names>::take(self.#names)),*)
                }
            }
        };
    }
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

fn setter(
    container: &Container,
    field: &Field,
    required: &[&Field],
    builder: &Ident,
    module: &Ident,
) -> TokenStream {
    let krate = &container.head.krate;
    let vis = &container.head.vis;
    let ident = &field.ident;
    let kept = &field.kept;
    let own = state(field);
    let parameter = parameter(container, field);
    let given = given(container, field);
    let states = required.iter().map(|other| {
        let state = state(other);
        if other.ident == *ident { quote!(#krate::spec::Set<#module::#ident>) } else { quote!(#state) }
    });
    let values = required.iter().map(|other| {
        let name = &other.ident;
        if name == ident { quote!(#name: #krate::spec::Set::new(#given)) } else { quote!(#name: self.#name) }
    });
    let doc = format!("Sets `{}`.", plain(ident));
    let gap = kept.iter().any(|attr| attr.path().is_ident("doc")).then(|| quote!(#[doc = ""]));
    quote! {
        #(#kept)*
        #gap
        #[doc = #doc]
        #vis fn #ident(self, #ident: #parameter) -> #builder<#(#states),*>
        where
            #own: #krate::spec::Open<#module::#ident>,
        {
            #builder { #(#values),* }
        }
    }
}
