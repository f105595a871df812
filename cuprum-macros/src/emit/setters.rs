//! Writes the functions that make and change a struct of arguments: `new`, setters.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::Type;

use super::builder::Builder;
use super::docs::{Docs, Writing};
use super::{Names, at, docs, place};
use crate::check::hides_method;
use crate::model::{Container, Field, Form, Many};
use crate::names::plain;
use crate::shape::{is_non_zero, is_number};

pub(super) const MUST_USE: &str = "a command does nothing until it is run";

/// Returns the inherent functions.
pub(super) fn inherent(container: &Container, builder: Option<&Builder<'_>>) -> TokenStream {
    let ident = &container.head.ident;
    let (impl_generics, ty_generics, where_clause) = container.head.generics.split_for_impl();
    let new = new(container);
    let start = builder.map(Builder::start);
    let writing = Writing::of(container);
    // What hides a method is reported; the method stays, so that its uses are not.
    let fields = container.fields.iter();
    let own = fields.filter(|field| container.head.errors.is_empty() || !hides_method(field, container));
    let setters: TokenStream = own.map(|field| setter(container, field, writing)).collect();
    let command_line = docs::command_line(container, writing);
    quote! {
        #command_line
        impl #impl_generics #ident #ty_generics #where_clause {
            #new
            #start
            #setters
        }
    }
}

fn new(container: &Container) -> TokenStream {
    let vis = &container.head.vis;
    let parameters = parameters(Names::Imported, container);
    let (what, must_use) = match container.command {
        Some(_) => ("command", quote!(#[must_use = #MUST_USE])),
        None => ("arguments", quote!(#[must_use])),
    };
    let doc = match parameters.is_empty() {
        true => format!("Creates the {what}."),
        false => format!("Creates the {what} with what is required."),
    };
    let body = match container.head.errors.is_empty() {
        true => {
            let idents = container.fields.iter().map(|field| &field.ident);
            let values =
                container.fields.iter().map(|field| if field.required { given(field) } else { unset(field) });
            quote!(Self { #(#idents: #values),* })
        }
        // The mistakes are reported, and nothing shall be reported about what they lead to.
        false => quote!(loop {}),
    };
    quote! {
        #[doc = #doc]
        #must_use
        #vis fn new(#parameters) -> Self {
            #body
        }
    }
}

/// Returns the parameters of `new`: what is required, in the order of the fields.
pub(super) fn parameters(names: Names<'_>, container: &Container) -> TokenStream {
    let required = container.fields.iter().filter(|field| field.required).map(|field| {
        let ident = &field.ident;
        let ty = parameter(names, field);
        quote!(#ident: #ty)
    });
    quote!(#(#required),*)
}

/// How a required field is given.
enum Given<'a> {
    /// As it is.
    Itself,
    /// As what becomes bytes.
    Bytes,
    /// As items, each as its type is.
    Items(&'a Type),
    /// As its type is, by [`convertible`].
    Value,
}

impl<'a> Given<'a> {
    fn of(field: &'a Field) -> Self {
        match &field.form {
            Form::Group(_) | Form::Subcommand(_) | Form::Skip => Self::Itself,
            Form::Stdin(Many::List(_)) => Self::Bytes,
            Form::Operand(Many::List(item)) | Form::Last(Many::List(item)) => Self::Items(item),
            _ => Self::Value,
        }
    }
}

/// Returns the type of the parameter that a required field is given by.
pub(super) fn parameter(names: Names<'_>, field: &Field) -> TokenStream {
    let ty = &field.ty;
    match Given::of(field) {
        Given::Itself => ty.to_token_stream(),
        Given::Bytes => quote!(impl ::core::convert::Into<#ty>),
        Given::Items(item) => {
            let item = convertible(names, item);
            quote!(impl ::core::iter::IntoIterator<Item = #item>)
        }
        Given::Value => convertible(names, ty),
    }
}

/// Returns what a setter takes for a value: a number as it is, anything that becomes the type else.
fn convertible(names: Names<'_>, ty: &Type) -> TokenStream {
    let into = match is_number(ty) {
        true => return ty.to_token_stream(),
        false if is_non_zero(ty) => names.get("IntoNonZero", at(ty)),
        false => names.get("IntoArg", at(ty)),
    };
    quote_spanned!(at(ty)=> impl #into<#ty>)
}

/// Returns whether the parameter of a required field is anything that becomes the field's type.
pub(super) fn is_converted(field: &Field) -> bool {
    matches!(Given::of(field), Given::Value) && converts(&field.ty)
}

/// Returns whether a setter takes anything that becomes the type.
fn converts(ty: &Type) -> bool {
    !is_number(ty) && !is_non_zero(ty)
}

/// Returns the value that a required field gets from its parameter.
pub(super) fn given(field: &Field) -> TokenStream {
    let ident = &field.ident;
    match Given::of(field) {
        Given::Itself => quote!(#ident),
        Given::Bytes => quote!(::core::convert::Into::into(#ident)),
        Given::Items(item) => {
            if !is_non_zero(item) {
                return quote!(__collect(#ident));
            }
            let item = converted(item, &quote!(__item));
            quote! {
                ::core::iter::Iterator::collect(::core::iter::Iterator::map(
                    __IntoIterator::into_iter(#ident),
                    |__item| #item,
                ))
            }
        }
        Given::Value => converted(&field.ty, &quote!(#ident)),
    }
}

fn converted(ty: &Type, value: &TokenStream) -> TokenStream {
    match is_number(ty) {
        true => value.clone(),
        false if is_non_zero(ty) => quote!(#value.into_non_zero()),
        false => quote!(#value.into_arg()),
    }
}

/// Returns the value of a field that is not set.
fn unset(field: &Field) -> TokenStream {
    match (&field.form, &field.default) {
        (_, Some(Some(expression))) if is_number(&field.ty) => expression.to_token_stream(),
        (_, Some(Some(expression))) => {
            let ty = &field.ty;
            quote_spanned!(place(expression)=> __IntoArg::<#ty>::into_arg(#expression))
        }
        (Form::Flag, _) => quote!(false),
        (Form::Count, _) => quote!(0),
        (Form::Group(Many::One(ty)), _) => quote_spanned!(at(ty)=> __SetOf::<#ty>::unset()),
        (
            Form::Switch
            | Form::OptionalValue(_)
            | Form::Value(Many::Optional(_))
            | Form::Operand(Many::Optional(_))
            | Form::Last(Many::Optional(_))
            | Form::Variable(_, Many::Optional(_))
            | Form::Stdin(Many::Optional(_))
            | Form::Group(Many::Optional(_))
            | Form::Subcommand(Many::Optional(_)),
            _,
        ) => quote!(__None),
        _ => quote_spanned!(at(&field.ty)=> __Default::default()),
    }
}

fn setter(container: &Container, field: &Field, writing: Writing) -> TokenStream {
    let ident = &field.ident;
    let vis = &field.vis;
    let docs = Docs::of(field, writing);
    let Docs { kept, gap, line } = &docs;
    // One stream of tokens, of which none has to be made for a part.
    macro_rules! set {
        (($($parameter:tt)*), $($change:tt)*) => {
            quote! {
                #(#kept)*
                #gap
                #[doc = #line]
                #[must_use]
                #vis fn #ident(mut self, $($parameter)*) -> Self {
                    self.#ident = $($change)*;
                    self
                }
            }
        };
    }
    match &field.form {
        _ if field.required => match is_appended(field) {
            Some(item) => append(field, item, &docs),
            None => TokenStream::new(),
        },
        Form::Flag => set!((), true),
        Form::Switch => set!((#ident: ::core::primitive::bool), __Some(#ident)),
        Form::Skip if !container.head.errors.is_empty() => quote! {
            #(#kept)*
            #gap
            #[doc = #line]
            #[must_use]
            #vis fn #ident(self, _: impl ::core::marker::Sized) -> Self {
                self
            }
        },
        Form::Count | Form::Skip => {
            let ty = &field.ty;
            set!((#ident: #ty), #ident)
        }
        Form::OptionalValue(ty) => set!((#ident: ::core::option::Option<#ty>), __Some(#ident)),
        Form::Group(Many::One(ty)) => set!((#ident: #ty), #ident),
        Form::Group(Many::Optional(ty)) | Form::Subcommand(Many::Optional(ty)) => set!(
            (#ident: impl ::core::convert::Into<::core::option::Option<#ty>>),
            ::core::convert::Into::into(#ident)
        ),
        Form::Stdin(Many::List(ty)) => {
            set!((#ident: impl ::core::convert::Into<#ty>), ::core::convert::Into::into(#ident))
        }
        Form::Value(many)
        | Form::Operand(many)
        | Form::Last(many)
        | Form::Variable(_, many)
        | Form::Stdin(many)
        | Form::Group(many)
        | Form::Subcommand(many) => {
            let ty = many.ty();
            let parameter = || convertible(Names::Imported, ty);
            match many {
                Many::List(item) => append(field, item, &docs),
                Many::Optional(_) if is_number(ty) => set!((#ident: #ty), __Some(#ident)),
                Many::Optional(_) if converts(ty) => {
                    let parameter = parameter();
                    set!((#ident: #parameter), __some(#ident))
                }
                Many::Optional(_) => {
                    let (parameter, value) = (parameter(), converted(ty, &quote!(#ident)));
                    set!((#ident: #parameter), __Some(#value))
                }
                Many::One(_) => {
                    let (parameter, value) = (parameter(), converted(ty, &quote!(#ident)));
                    set!((#ident: #parameter), #value)
                }
            }
        }
    }
}

/// Returns the type of the items that setters of a field append.
fn is_appended(field: &Field) -> Option<&Type> {
    match &field.form {
        Form::Operand(Many::List(item)) | Form::Last(Many::List(item)) => Some(item),
        _ => None,
    }
}

/// Returns the two setters of a list: for one item, and for many.
fn append(field: &Field, item: &Type, docs: &Docs<'_>) -> TokenStream {
    let Field { ident, vis, .. } = field;
    let Docs { kept, gap, line } = docs;
    let extend = format_ident!("extend_{}", plain(ident), span = ident.span());
    let parameter = match &field.form {
        Form::Group(_) => item.to_token_stream(),
        _ => convertible(Names::Imported, item),
    };
    let deprecated = kept.iter().filter(|attr| attr.path().is_ident("deprecated"));
    let many = format!("Adds several to [`{0}`](Self::{0}).", plain(ident));
    macro_rules! append {
        ({ $($one:tt)* } { $($several:tt)* }) => {
            quote! {
                #(#kept)*
                #gap
                #[doc = #line]
                #[must_use]
                #vis fn #ident(mut self, #ident: #parameter) -> Self {
                    $($one)*
                    self
                }

                #[doc = #many]
                #(#deprecated)*
                #[must_use]
                #vis fn #extend(mut self, #ident: impl __IntoIterator<Item = #parameter>) -> Self {
                    $($several)*
                    self
                }
            }
        };
    }
    match is_non_zero(item) {
        true => append!({
            self.#ident.push(#ident.into_non_zero());
        } {
            for __item in #ident {
                self.#ident.push(__item.into_non_zero());
            }
        }),
        false => append!({ __push(&mut self.#ident, #ident); } { __extend(&mut self.#ident, #ident); }),
    }
}
