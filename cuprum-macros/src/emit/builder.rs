//! Writes the typestate builder: one type parameter for each required field.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::{GenericParam, Generics, Ident};

use super::Names;
use super::generics::fresh;
use super::setters::{given, is_converted, parameter};
use crate::check::hides_method;
use crate::model::{Container, Field};
use crate::names::{pascal, plain};

/// The builder of a struct.
pub(super) struct Builder<'a> {
    container: &'a Container,
    name: Ident,
    /// The required fields.
    fields: Vec<&'a Field>,
    /// The type parameter that says whether a field has its value, one for each.
    states: Vec<Ident>,
    /// The parameters of the struct, without defaults, then the states.
    declared: Generics,
    /// The names of the parameters of the struct.
    own: Vec<TokenStream>,
    /// What is built, if it has parameters: nothing else may name them.
    made: Option<TokenStream>,
}

impl<'a> Builder<'a> {
    /// Returns the builder of a struct that has one.
    pub(super) fn of(container: &'a Container) -> Option<Self> {
        let head = &container.head;
        // With mistakes, too: its uses are none. What would then be there twice is reported already.
        let is_twice = |field: &Field| {
            let same = container.fields.iter().filter(|other| other.name == field.name);
            field.required && (hides_method(field, container) || same.count() > 1)
        };
        if !container.builder || (!head.errors.is_empty() && container.fields.iter().any(is_twice)) {
            return None;
        }
        let mut declared = head.generics.clone();
        for param in &mut declared.params {
            match param {
                GenericParam::Type(ty) => ty.default = None,
                GenericParam::Const(constant) => constant.default = None,
                GenericParam::Lifetime(_) => {}
            }
        }
        let own = head.generics.params.iter().map(|param| match param {
            GenericParam::Lifetime(lifetime) => lifetime.lifetime.to_token_stream(),
            GenericParam::Type(ty) => ty.ident.to_token_stream(),
            GenericParam::Const(constant) => constant.ident.to_token_stream(),
        });
        let fields: Vec<&Field> = container.fields.iter().filter(|field| field.required).collect();
        let mut states = Vec::new();
        for field in &fields {
            let mut state = fresh(&declared, &format!("__Has{}", pascal(&field.name)));
            state.set_span(field.ident.span());
            declared.params.push(GenericParam::Type(state.clone().into()));
            states.push(state);
        }
        let (ident, (_, ty_generics, _)) = (&head.ident, head.generics.split_for_impl());
        Some(Self {
            container,
            name: format_ident!("__{}Builder", plain(ident)),
            fields,
            states,
            own: own.collect(),
            made: (!head.generics.params.is_empty()).then(|| quote!(#ident #ty_generics)),
            declared,
        })
    }

    /// Returns the struct, which holds the state of each required field, and the types that are named after them.
    pub(super) fn declaration(&self) -> TokenStream {
        let head = &self.container.head;
        let (vis, ident) = (&head.vis, &head.ident);
        let Self { name, states, declared, .. } = self;
        let where_clause = &declared.where_clause;
        let what = format!("Takes what [`{ident}`] requires by name, in any order: {}.", self.list());
        let made = self.made.iter().map(|made| quote!(::core::marker::PhantomData<fn() -> #made>));
        let names = self.fields.iter().map(|field| &field.ident);
        quote! {
            #[doc = #what]
            #[must_use = "a builder does nothing until `build` is called"]
            #vis struct #name #declared (#(#states,)* #(#made)*) #where_clause;

            mod __fields {
                #(pub enum #names {})*
            }
        }
    }

    /// Returns the function that starts the builder, which stands beside `new`.
    pub(super) fn start(&self) -> TokenStream {
        let (vis, name) = (&self.container.head.vis, &self.name);
        let missing = quote!(__Missing);
        let states = vec![&missing; self.fields.len()];
        let ty = self.ty(&states);
        let made = self.made.iter().map(|_| quote!(::core::marker::PhantomData));
        let make = format!("Creates a builder that takes what is required by name: {}.", self.list());
        quote! {
            #[doc = #make]
            #vis fn builder() -> #ty {
                #name(#(#states,)* #(#made)*)
            }
        }
    }

    /// Returns the functions of the builder.
    pub(super) fn implementation(&self) -> TokenStream {
        let head = &self.container.head;
        let (vis, ident, (_, ty_generics, _)) = (&head.vis, &head.ident, head.generics.split_for_impl());
        let Self { states, fields, declared, .. } = self;
        let (impl_generics, _, where_clause) = declared.split_for_impl();
        let ty = self.ty(states);
        let setters = (0..fields.len()).map(|place| self.setter(place));
        let names = fields.iter().map(|field| &field.ident);
        let types = fields.iter().map(|field| &field.ty);
        // What `new` converts is given as it is.
        let values = fields.iter().enumerate().map(|(place, field)| {
            let place = Literal::usize_unsuffixed(place);
            if is_converted(field) { quote!(self.#place) } else { quote!(self.#place.into_arg()) }
        });
        let build = format!("Creates the [`{ident}`]; what is optional is set on it.");
        quote! {
            impl #impl_generics #ty #where_clause {
                #(#setters)*

                #[doc = #build]
                #vis fn build(self) -> #ident #ty_generics
                where
                    #(#states: __Given<__fields::#names, #types>,)*
                {
                    #ident::new(#(#values),*)
                }
            }
        }
    }

    /// Returns the type of the builder in these states.
    fn ty(&self, states: impl IntoIterator<Item = impl quote::ToTokens>) -> TokenStream {
        let (name, own, states) = (&self.name, &self.own, states.into_iter());
        quote!(#name<#(#own,)* #(#states),*>)
    }

    fn list(&self) -> String {
        let names = self.fields.iter().map(|field| format!("`{}`", plain(&field.ident)));
        names.collect::<Vec<_>>().join(", ")
    }

    /// Returns the function that gives a field its value, and takes over what the others have.
    fn setter(&self, place: usize) -> Option<TokenStream> {
        let (field, state) = (self.fields.get(place)?, self.states.get(place)?);
        let (vis, ident, ty, kept) = (&self.container.head.vis, &field.ident, &field.ty, &field.kept);
        let name = &self.name;
        let parameter = parameter(Names::Imported, field);
        let filled = self.ty(self.states.iter().map(|other| match other == state {
            true => quote!(__Set<#ty>),
            false => other.to_token_stream(),
        }));
        let value = match is_converted(field) {
            true => quote!(__given(#ident)),
            false => {
                let given = given(field);
                quote!(__Set::new(#given))
            }
        };
        let values = (0..self.fields.len()).map(|other| {
            let number = Literal::usize_unsuffixed(other);
            if other == place { value.clone() } else { quote!(self.#number) }
        });
        let made = self.made.iter().map(|_| quote!(::core::marker::PhantomData));
        let doc = format!("Sets `{}`.", plain(ident));
        let gap = kept.iter().any(|attr| attr.path().is_ident("doc")).then(|| quote!(#[doc = ""]));
        Some(quote! {
            #(#kept)*
            #gap
            #[doc = #doc]
            #vis fn #ident(self, #ident: #parameter) -> #filled
            where
                #state: __Open<__fields::#ident>,
            {
                #name(#(#values,)* #(#made)*)
            }
        })
    }
}
