//! Writes the typestate builder: one type parameter for each required field.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::{GenericParam, Generics, Ident};

use super::Names;
use super::generics::fresh;
use super::setters::{given, is_converted, parameter};
use crate::check::hides_method;
use crate::model::{Container, Field, Form, Many};
use crate::names::{pascal, plain};
use crate::shape::is_non_zero;

/// Returns the struct, which holds the state of each required field; nothing if there is no builder.
pub(super) fn declaration(container: &Container) -> TokenStream {
    let Some(builder) = Builder::of(container) else { return TokenStream::new() };
    let vis = &container.head.vis;
    let Builder { name, states, made, .. } = &builder;
    let (declared, where_clause) = (&builder.declared, &builder.declared.where_clause);
    let what = format!(
        "Takes what [`{}`] requires by name, in any order: {}.",
        container.head.ident,
        builder.list()
    );
    let made = made.iter().map(|made| quote!(::core::marker::PhantomData<fn() -> #made>));
    quote! {
        #[doc = #what]
        #[must_use = "a builder does nothing until `build` is called"]
        #vis struct #name #declared (#(#states,)* #(#made)*) #where_clause;
    }
}

/// Returns the types that the states of the fields are named by.
pub(super) fn markers(container: &Container) -> TokenStream {
    let Some(Builder { fields, .. }) = Builder::of(container) else { return TokenStream::new() };
    let names = fields.iter().map(|field| &field.ident);
    quote! {
        mod __fields {
            #(pub enum #names {})*
        }
    }
}

/// Returns the function that starts the builder, which stands beside `new`.
pub(super) fn start(container: &Container) -> TokenStream {
    let Some(builder) = Builder::of(container) else { return TokenStream::new() };
    let vis = &container.head.vis;
    let Builder { name, fields, made, .. } = &builder;
    let missing = quote!(__Missing);
    let states = vec![&missing; fields.len()];
    let ty = builder.ty(&states);
    let made = made.iter().map(|_| quote!(::core::marker::PhantomData));
    let make = format!("Creates a builder that takes what is required by name: {}.", builder.list());
    quote! {
        #[doc = #make]
        #vis fn builder() -> #ty {
            #name(#(#states,)* #(#made)*)
        }
    }
}

/// Returns the functions of the builder.
pub(super) fn implementation(container: &Container) -> TokenStream {
    let Some(builder) = Builder::of(container) else { return TokenStream::new() };
    let vis = &container.head.vis;
    let head = &container.head;
    let (ident, (_, ty_generics, _)) = (&head.ident, head.generics.split_for_impl());
    let Builder { states, fields, .. } = &builder;
    let (impl_generics, _, where_clause) = builder.declared.split_for_impl();
    let ty = builder.ty(states);
    let setters = (0..fields.len()).map(|place| builder.setter(container, place));
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

/// The builder of a struct.
struct Builder<'a> {
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
    fn of(container: &'a Container) -> Option<Self> {
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
            name: format_ident!("__{}Builder", plain(ident)),
            fields,
            states,
            own: own.collect(),
            made: (!head.generics.params.is_empty()).then(|| quote!(#ident #ty_generics)),
            declared,
        })
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
    fn setter(&self, container: &Container, place: usize) -> Option<TokenStream> {
        let (field, state) = (self.fields.get(place)?, self.states.get(place)?);
        let (vis, ident, ty, kept) = (&container.head.vis, &field.ident, &field.ty, &field.kept);
        let name = &self.name;
        let parameter = parameter(Names::Imported, field);
        let filled = self.ty(self.states.iter().map(|other| match other == state {
            true => quote!(__Set<#ty>),
            false => other.to_token_stream(),
        }));
        let value = match &field.form {
            Form::Value(Many::One(ty)) | Form::Operand(Many::One(ty)) if !is_non_zero(ty) => {
                quote!(__given(#ident))
            }
            _ => {
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
