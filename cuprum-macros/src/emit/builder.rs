//! Writes the typestate builder: one type parameter for each required field.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{GenericParam, Generics, Ident};

use super::Names;
use super::docs::Docs;
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
        let made = self.made.iter().map(|made| quote!(__made: ::core::marker::PhantomData<fn() -> #made>));
        let names: Vec<&Ident> = self.fields.iter().map(|field| &field.ident).collect();
        quote! {
            #[doc = #what]
            #[must_use = "a builder does nothing until `build` is called"]
            #vis struct #name #declared #where_clause {
                #(#names: #states,)*
                #(#made)*
            }

            mod __fields {
                #(pub enum #names {})*
            }
        }
    }

    /// Returns the function that starts the builder, which stands beside `new`.
    pub(super) fn start(&self) -> TokenStream {
        let (vis, name) = (&self.container.head.vis, &self.name);
        let states = vec![Ident::new("__Missing", Span::call_site()); self.fields.len()];
        let ty = self.ty(&states);
        let names = self.fields.iter().map(|field| &field.ident);
        let made = self.unmade();
        let make = format!("Creates a builder that takes what is required by name: {}.", self.list());
        quote! {
            #[doc = #make]
            #vis fn builder() -> #ty {
                #name { #(#names: #states,)* #made }
            }
        }
    }

    /// Returns what stands for the parameters of the struct in a builder.
    fn unmade(&self) -> Option<TokenStream> {
        self.made.as_ref().map(|_| quote!(__made: ::core::marker::PhantomData))
    }

    /// Returns the functions of the builder.
    pub(super) fn implementation(&self) -> TokenStream {
        let head = &self.container.head;
        let (vis, ident, (_, ty_generics, _)) = (&head.vis, &head.ident, head.generics.split_for_impl());
        let Self { states, fields, declared, .. } = self;
        let (impl_generics, _, where_clause) = declared.split_for_impl();
        let ty = self.ty(states);
        let setters: TokenStream = (0..fields.len()).filter_map(|place| self.setter(place)).collect();
        let names = fields.iter().map(|field| &field.ident);
        let types = fields.iter().map(|field| &field.ty);
        // What `new` converts is given as it is.
        let values = fields.iter().map(|field| {
            let ident = &field.ident;
            if is_converted(field) { quote!(self.#ident) } else { quote!(self.#ident.into_arg()) }
        });
        let build = format!("Creates the [`{ident}`]; what is optional is set on it.");
        quote! {
            impl #impl_generics #ty #where_clause {
                #setters

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
    fn ty(&self, states: impl IntoIterator<Item = impl ToTokens>) -> TokenStream {
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
        let (vis, ident, ty) = (&self.container.head.vis, &field.ident, &field.ty);
        let name = &self.name;
        let (parameter, value) = (parameter(Names::Imported, field), given(field));
        let states = self.states.iter().enumerate();
        let filled = self.ty(states.map(|(other, state)| -> &dyn ToTokens {
            if other == place { ty } else { state }
        }));
        let others: Vec<&Ident> =
            self.fields.iter().map(|other| &other.ident).filter(|other| *other != ident).collect();
        let made = self.unmade();
        let Docs { kept, gap, line } = Docs::with_line(field, format!("Sets `{}`.", plain(ident)));
        Some(quote! {
            #(#kept)*
            #gap
            #[doc = #line]
            #vis fn #ident(self, #ident: #parameter) -> #filled
            where
                #state: __Open<__fields::#ident>,
            {
                #name { #ident: #value, #(#others: self.#others,)* #made }
            }
        })
    }
}
