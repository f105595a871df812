//! Writes enums of options, and enums of subcommands.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::arg::danger;
use super::{place, style, with};
use crate::model::{Choice, OptionVariant, Subcommand};
use crate::names::{kebab, plain};

pub(crate) fn choice(choice: &Choice) -> TokenStream {
    let krate = &choice.head.krate;
    let ident = &choice.head.ident;
    let errors = choice.head.errors.to_tokens();
    let (impl_generics, ty_generics, where_clause) = choice.head.generics.split_for_impl();
    let names: Vec<_> = choice.variants.iter().map(|variant| constant(&variant.ident)).collect();
    let constants = choice.variants.iter().zip(&names).map(|(variant, name)| {
        let value = describe(krate, variant);
        quote!(const #name: #krate::spec::Arg = #value;)
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
    let mut generics = choice.head.generics.clone();
    generics.params.push(syn::parse_quote!(__S));
    let (under_generics, _, _) = generics.split_for_impl();
    quote! {
        #errors
        const _: () = {
            #(#constants)*

            #[automatically_derived]
            impl #impl_generics #krate::spec::Args for #ident #ty_generics #where_clause {
                type Itself = Self;
                const ARGS: &'static [#krate::spec::Arg] = &[#(#names),*];

                fn write(&self, __argv: &mut #krate::spec::Argv) {
                    #body
                }
            }

            #[automatically_derived]
            impl #under_generics #krate::spec::ArgsUnder<__S> for #ident #ty_generics #where_clause {}
        };
    }
}

fn constant(ident: &syn::Ident) -> syn::Ident {
    let name = kebab(ident).replace('-', "_").to_uppercase();
    quote::format_ident!("__{name}", span = ident.span())
}

fn describe(krate: &TokenStream, variant: &OptionVariant) -> TokenStream {
    let name = plain(&variant.ident);
    let kind = match variant.value {
        Some(_) => quote!(Value),
        None => quote!(Flag),
    };
    let calls = [
        with("with_long", variant.long.as_ref()),
        with("with_short", variant.short),
        with("with_style", variant.style.map(|own| style(&quote!(#krate::spec), own))),
        danger(&quote!(#krate::spec), variant.danger),
        with("with_since", variant.since.as_ref()),
    ];
    quote!(#krate::spec::Arg::new(#name, #krate::spec::ArgKind::#kind)#(#calls)*)
}

pub(crate) fn subcommand(subcommand: &Subcommand) -> TokenStream {
    let krate = &subcommand.head.krate;
    let ident = &subcommand.head.ident;
    let errors = subcommand.head.errors.to_tokens();
    let (impl_generics, ty_generics, where_clause) = subcommand.head.generics.split_for_impl();
    let specs = subcommand.variants.iter().map(|variant| {
        let name = &variant.name;
        match &variant.args {
            None => quote!(#krate::spec::SubcommandSpec::new(#name, &[])),
            Some(ty) => quote_spanned! {place(ty)=>
                #krate::spec::SubcommandSpec::new(#name, <#ty as #krate::spec::Args>::ARGS)
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
                    #krate::spec::Args::write(__args, __argv);
                }
            },
        }
    });
    let body = match subcommand.head.errors.is_empty() && !subcommand.variants.is_empty() {
        true => quote!(match self { #(#arms)* }),
        false => TokenStream::new(),
    };
    let mut generics = subcommand.head.generics.clone();
    generics.params.push(syn::parse_quote!(__S));
    let conditions = generics.make_where_clause();
    for ty in subcommand.variants.iter().filter_map(|variant| variant.args.as_ref()) {
        conditions.predicates.push(syn::parse_quote!(#ty: #krate::spec::ArgsUnder<__S>));
    }
    let (under_generics, _, under_where) = generics.split_for_impl();
    quote! {
        #errors

        #[automatically_derived]
        impl #impl_generics #krate::spec::Subcommand for #ident #ty_generics #where_clause {
            const SUBCOMMANDS: &'static [#krate::spec::SubcommandSpec] = &[#(#specs),*];

            fn write(&self, __argv: &mut #krate::spec::Argv) {
                #body
            }
        }

        #[automatically_derived]
        impl #under_generics #krate::spec::ArgsUnder<__S> for #ident #ty_generics #under_where {}
    }
}
