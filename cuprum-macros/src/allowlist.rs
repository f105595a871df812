//! `allowlist!`: a list of programs as a type that contexts can be narrowed to.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Ident, Path, Token, Visibility, bracketed};

/// `#![crate = ::path] #[doc = ".."] pub Name = [Program, ..];`
struct Allowlist {
    krate: Option<Path>,
    attributes: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
    programs: Punctuated<Path, Token![,]>,
}

impl Parse for Allowlist {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = if input.peek(Token![#]) && input.peek2(Token![!]) { Some(krate(input)?) } else { None };
        let attributes = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        let content;
        bracketed!(content in input);
        let programs = content.parse_terminated(Path::parse_mod_style, Token![,])?;
        input.parse::<Option<Token![;]>>()?;
        Ok(Self { krate, attributes, vis, name, programs })
    }
}

/// Reads `#![crate = ::path]`.
fn krate(input: ParseStream<'_>) -> syn::Result<Path> {
    input.parse::<Token![#]>()?;
    input.parse::<Token![!]>()?;
    let content;
    bracketed!(content in input);
    content.parse::<Token![crate]>()?;
    content.parse::<Token![=]>()?;
    content.call(Path::parse_mod_style)
}

const USAGE: &str =
    "write `allowlist! { pub Name = [Program, ..]; }`, one list each, of types with `#[derive(Program)]`";

/// Returns the type, and the traits by which the compiler and the contexts know its programs.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let list = match syn::parse2::<Allowlist>(input) {
        Ok(list) => list,
        Err(error) => return syn::Error::new(error.span(), USAGE).into_compile_error(),
    };
    let Allowlist { krate, attributes, vis, name, programs } = &list;
    let krate = krate.as_ref().map_or_else(|| quote!(::cuprum), |path| quote!(#path));
    let text = name.to_string();

    let mut errors = TokenStream::new();
    let mut seen: Vec<String> = Vec::new();
    let mut unique = Vec::new();
    for program in programs {
        let shown = quote!(#program).to_string().replace(' ', "");
        if seen.contains(&shown) {
            let error = syn::Error::new_spanned(program, format!("`{shown}` is listed twice"));
            errors.extend(error.into_compile_error());
        } else {
            seen.push(shown);
            unique.push(program);
        }
    }

    // Each program is named once, so that a wrong name is one mistake.
    let aliases: Vec<Ident> = unique
        .iter()
        .enumerate()
        .map(|(place, program)| format_ident!("__P{place}", span = program.span()))
        .collect();
    let named = unique.iter().zip(&aliases).map(|(program, alias)| {
        quote_spanned! { program.span() => type #alias = #program; }
    });
    // Of a program that is listed again by another name, the implementation is that of something else: nothing but
    // our message then speaks of it. The compiler takes this from a trait of the same crate only.
    let listed = (unique.len() > 1).then(|| {
        quote! {
            struct __Listed<P, const PLACE: ::core::primitive::usize, const AGAIN: ::core::primitive::bool>(
                ::core::marker::PhantomData<P>,
            );
            trait __Named {
                type Program;
            }
            impl<P, const PLACE: ::core::primitive::usize> __Named for __Listed<P, PLACE, false> {
                type Program = P;
            }
            impl<P, const PLACE: ::core::primitive::usize> __Named for __Listed<P, PLACE, true> {
                type Program = Self;
            }
        }
    });
    let allows = unique.iter().zip(&aliases).enumerate().map(|(place, (program, alias))| {
        let permitted = match place {
            0 => quote!(#alias),
            _ => {
                let again = again(place, program);
                quote!(<__Listed<#alias, #place, #again> as __Named>::Program)
            }
        };
        quote_spanned! { program.span() =>
            #[automatically_derived]
            impl #krate::context::Allows<#permitted> for #name {}
        }
    });
    let specs = unique.iter().zip(&aliases).map(|(program, alias)| {
        quote_spanned! { program.span() => <#alias as #krate::Program>::SPEC }
    });
    // An alias is another name of the same program, which only the compiler knows.
    let distinct = unique.iter().zip(&aliases).zip(&seen).enumerate().skip(1);
    let distinct = distinct.map(|(place, ((program, alias), shown))| {
        let again = again(place, program);
        let earlier = aliases.iter().take(place);
        let message = format!("`{shown}` is listed twice: it is another name of a program before it");
        quote_spanned! { program.span() =>
            const #again: ::core::primitive::bool = #(#krate::context::Pair::<#earlier, #alias>::SAME)||*;
            const _: () = ::core::assert!(!#again, #message);
        }
    });
    quote! {
        #errors
        #(#attributes)*
        #vis struct #name;
        const _: () = {
            #[allow(unused_imports)]
            use #krate::context::Different as _;
            #(#named)*
            #listed
            #(#distinct)*
            #(#allows)*
            #[automatically_derived]
            impl #krate::context::Allowlist for #name {
                const NAME: &'static str = #text;
                const PROGRAMS: &'static [&'static #krate::spec::ProgramSpec] = &[#(#specs),*];
            }
            #[automatically_derived]
            impl<__A> #krate::context::Within<__A> for #name
            where
                #(__A: #krate::context::Allows<#aliases>,)*
            {
            }
        };
    }
}

/// Returns the constant that says whether a program stands in the list before, by another name.
fn again(place: usize, program: &Path) -> Ident {
    format_ident!("__AGAIN{place}", span = program.span())
}
