//! Writes a struct of arguments: its functions, what describes it, its implementation of a trait.

use proc_macro2::{Punct, Spacing, TokenStream};
use quote::{TokenStreamExt as _, quote, quote_spanned};

use super::arg::{describe, in_order};
use super::builder::Builder;
use super::generics::{fresh, is_open, with_parameter};
use super::{at, checks, command, enclosed, place, setters, write};
use crate::model::{Container, Field, Form};

pub(crate) fn container(container: &Container) -> TokenStream {
    let errors = container.head.errors.to_tokens();
    let function = command::function(container);
    let takes_in = |field: &Field| matches!(field.form, Form::Group(_) | Form::Subcommand(_));
    let builder = Builder::of(container);
    let builder = builder.as_ref();
    let parts = [
        stand_in(is_open(&container.head.generics) || container.fields.iter().any(takes_in)),
        builder.map(Builder::declaration).unwrap_or_default(),
        setters::inherent(container, builder),
        builder.map(Builder::implementation).unwrap_or_default(),
        match &container.command {
            Some(facts) => command::implementation(container, facts),
            None => args(container),
        },
        default(container),
        checks::beside(container),
    ];
    let enclosed = enclosed(&container.head.krate, parts);
    quote! {
        #errors
        #function
        #enclosed
    }
}

/// Returns whether nothing is described: there is nothing to say, or nothing that is right.
fn is_empty(container: &Container) -> bool {
    !container.head.errors.is_empty() || in_order(&container.fields).next().is_none()
}

/// Returns the constant that holds the descriptions.
pub(super) fn described(container: &Container) -> TokenStream {
    let right = in_order(&container.fields).filter(|_| container.head.errors.is_empty());
    let descriptions: TokenStream = right
        .map(|field| {
            let mut description = describe(field);
            description.append(Punct::new(',', Spacing::Alone));
            description
        })
        .collect();
    quote!(const ARGS: &'static [__Arg] = &[#descriptions];)
}

/// Returns the body of `write`; a struct with mistakes writes nothing.
pub(super) fn body(container: &Container) -> TokenStream {
    let checks = checks::inside(container);
    if is_empty(container) {
        return checks;
    }
    let secrets = container.fields.iter().filter(|field| field.secret).filter_map(|field| {
        let ty = field.form.ty()?;
        Some(quote_spanned!(at(ty)=> __assert_hidden::<#ty>();))
    });
    let owner = match container.command {
        Some(_) => quote!(__Command),
        None => quote!(__Args),
    };
    let rules = write::rules(&container.fields);
    let calls = write::calls(&container.fields);
    let known = known(container);
    quote! {
        #checks
        #known
        #(#secrets)*
        #rules
        __argv.fields(<Self as #owner>::ARGS)#calls;
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
    let described = described(container);
    let body = body(container);
    let under = under(container);
    quote! {
        #[automatically_derived]
        impl #impl_generics __Args for #ident #ty_generics #where_clause {
            type Itself = Self;
            #described

            fn write(&self, __argv: &mut __Argv) {
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
    let separator = fresh(&container.head.generics, "__S");
    let mut generics = with_parameter(&container.head.generics, syn::TypeParam::from(separator.clone()));
    let conditions = generics.make_where_clause();
    for value in values {
        conditions.predicates.push(syn::parse_quote!(#value: __OperandUnder<#separator>));
    }
    for set in sets {
        conditions.predicates.push(syn::parse_quote!(#set: __ArgsUnder<#separator>));
    }
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, ty_generics, _) = container.head.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics __ArgsUnder<#separator> for #ident #ty_generics #where_clause {}
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

/// Returns the assertions that what is taken in is what it shall be; that of a command is said by its separator.
fn known(container: &Container) -> TokenStream {
    if container.command.is_some() {
        return TokenStream::new();
    }
    let sets = container.fields.iter().filter_map(|field| {
        let ty = itself(&container.head.generics, &field.form)?;
        Some(quote_spanned!(place(&field.form.ty())=> __assert_set::<#ty>();))
    });
    sets.collect()
}

/// Returns the type of a set or subcommand by what its trait says of itself: where the trait is missing, this
/// is what reports it. A type parameter is itself.
pub(super) fn itself(generics: &syn::Generics, form: &Form) -> Option<TokenStream> {
    let (ty, owner) = match form {
        Form::Group(many) => (many.ty(), quote!(__Args)),
        Form::Subcommand(many) => (many.ty(), quote!(__Subcommand)),
        _ => return None,
    };
    Some(match is_open(generics) {
        true => quote!(#ty),
        false => quote_spanned!(at(ty)=> <#ty as #owner>::Itself),
    })
}

/// Returns the import by which a type that is no set stands in for an empty one, where there may be such a type.
pub(super) fn stand_in(takes_in: bool) -> TokenStream {
    if takes_in {
        quote!(
            use __Neither as _;
        )
    } else {
        TokenStream::new()
    }
}

/// Returns whether a field is a flattened set of arguments.
pub(super) fn is_group(field: &Field) -> bool {
    matches!(field.form, Form::Group(_))
}
