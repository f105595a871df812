//! Writes enums of options, and enums of subcommands.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::arg::danger;
use super::container::stand_in;
use super::generics::{fresh, is_open, with_parameter};
use super::{enclosed, place, style, with};
use crate::model::{Choice, OptionVariant, Subcommand};
use crate::names::plain;

pub(crate) fn choice(choice: &Choice) -> TokenStream {
    let ident = &choice.head.ident;
    let errors = choice.head.errors.to_tokens();
    let (impl_generics, ty_generics, where_clause) = choice.head.generics.split_for_impl();
    let names: Vec<_> = choice.variants.iter().map(|variant| constant(&variant.ident)).collect();
    let constants = choice.variants.iter().zip(&names).map(|(variant, name)| {
        let value = describe(variant);
        quote!(const #name: __Arg = #value;)
    });
    let arms = choice.variants.iter().zip(&names).map(|(variant, name)| {
        let variant_ident = &variant.ident;
        match &variant.value {
            None => quote!(Self::#variant_ident => __argv.flag(&#name, true),),
            Some(ty) => quote_spanned! {place(ty)=>
                Self::#variant_ident(__value) => __argv.value(&#name, __value),
            },
        }
    });
    let body = match choice.head.errors.is_empty() && !choice.variants.is_empty() {
        true => quote!(match self { #(#arms)* }),
        false => TokenStream::new(),
    };
    let separator = fresh(&choice.head.generics, "__S");
    let generics = with_parameter(&choice.head.generics, separator.clone().into());
    let (under_generics, _, _) = generics.split_for_impl();
    let implementations = quote! {
        #(#constants)*

        #[automatically_derived]
        impl #impl_generics __Args for #ident #ty_generics #where_clause {
            type Itself = Self;
            const ARGS: &'static [__Arg] = &[#(#names),*];

            fn write(&self, __argv: &mut __Argv) {
                #body
            }
        }

        #[automatically_derived]
        impl #under_generics __ArgsUnder<#separator> for #ident #ty_generics #where_clause {}
    };
    let enclosed = enclosed(&choice.head.krate, [implementations]);
    quote!(#errors #enclosed)
}

/// Returns the constant that describes a variant; two that differ in case only are two.
fn constant(ident: &syn::Ident) -> syn::Ident {
    quote::format_ident!("__{}", plain(ident), span = ident.span())
}

fn describe(variant: &OptionVariant) -> TokenStream {
    let name = plain(&variant.ident);
    let kind = match variant.value {
        Some(_) => quote!(Value),
        None => quote!(Flag),
    };
    let calls = [
        with("with_long", variant.long.as_ref()),
        with("with_short", variant.short),
        with("with_style", variant.style.map(style)),
        danger(variant.danger),
        with("with_since", variant.since.as_ref()),
    ];
    quote!(__Arg::new(#name, __ArgKind::#kind)#(#calls)*)
}

pub(crate) fn subcommand(subcommand: &Subcommand) -> TokenStream {
    let ident = &subcommand.head.ident;
    let errors = subcommand.head.errors.to_tokens();
    let (impl_generics, ty_generics, where_clause) = subcommand.head.generics.split_for_impl();
    let specs = subcommand.variants.iter().map(|variant| {
        let name = &variant.name;
        match &variant.args {
            None => quote!(__SubcommandSpec::new(#name, &[])),
            Some(ty) => quote_spanned! {place(ty)=>
                __SubcommandSpec::new(#name, __SetOf::<#ty>::ARGS)
            },
        }
    });
    let arms = subcommand.variants.iter().map(|variant| {
        let (variant_ident, name) = (&variant.ident, &variant.name);
        match &variant.args {
            None => quote!(Self::#variant_ident => __argv.word(#name),),
            Some(ty) => quote_spanned! {place(ty)=>
                Self::#variant_ident(__args) => {
                    __argv.word(#name);
                    __SetOf::<#ty>::write(__args, __argv);
                }
            },
        }
    });
    let body = match subcommand.head.errors.is_empty() && !subcommand.variants.is_empty() {
        true => quote!(match self { #(#arms)* }),
        false => TokenStream::new(),
    };
    let sets = subcommand.variants.iter().filter_map(|variant| variant.args.as_ref());
    let known = sets.map(|ty| match is_open(&subcommand.head.generics) {
        true => TokenStream::new(),
        false => quote_spanned!(place(ty)=> __assert_set::<<#ty as __Args>::Itself>();),
    });
    let stand_in = stand_in(subcommand.variants.iter().any(|variant| variant.args.is_some()));
    let separator = fresh(&subcommand.head.generics, "__S");
    let mut generics = with_parameter(&subcommand.head.generics, separator.clone().into());
    let conditions = generics.make_where_clause();
    for ty in subcommand.variants.iter().filter_map(|variant| variant.args.as_ref()) {
        conditions.predicates.push(syn::parse_quote!(#ty: __ArgsUnder<#separator>));
    }
    let (under_generics, _, under_where) = generics.split_for_impl();
    let implementations = quote! {
        #stand_in

        #[automatically_derived]
        impl #impl_generics __Subcommand for #ident #ty_generics #where_clause {
            type Itself = Self;
            const SUBCOMMANDS: &'static [__SubcommandSpec] = &[#(#specs),*];

            fn write(&self, __argv: &mut __Argv) {
                #(#known)*
                #body
            }
        }

        #[automatically_derived]
        impl #under_generics __ArgsUnder<#separator> for #ident #ty_generics #under_where {}
    };
    let enclosed = enclosed(&subcommand.head.krate, [implementations]);
    quote!(#errors #enclosed)
}
