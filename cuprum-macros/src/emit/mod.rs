//! Writes a checked model as code that reads as if it were written by hand.
//!
//! Behaviour is in the library: a field is one constant and one line of `write`. Every path is absolute,
//! and names of our own begin with `__`, so that nothing in the user's scope can change the meaning.

mod arg;
mod builder;
mod checks;
mod command;
mod container;
mod docs;
mod generics;
mod program;
mod setters;
#[cfg(test)]
mod tests;
mod value;
mod variants;
mod write;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned as _;

pub(crate) use self::container::container;
pub(crate) use self::program::program;
pub(crate) use self::value::{newtype, words};
pub(crate) use self::variants::{choice, subcommand};
use crate::model::{Style, Tier};

/// Returns the place of `tokens` for code of ours, so that an error about it points there.
fn place(tokens: &impl ToTokens) -> Span {
    Span::call_site().located_at(tokens.span())
}

/// Returns the place of a type for code of ours.
fn at(ty: &syn::Type) -> Span {
    Span::call_site().located_at(crate::shape::span(ty))
}

/// Returns code as a message shows it.
fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}

/// Returns a call that sets something, or nothing.
fn with(method: &str, value: Option<impl ToTokens>) -> Option<TokenStream> {
    let value = value?;
    let method = syn::Ident::new(method, Span::call_site());
    Some(quote!(.#method(#value)))
}

/// Returns a call that sets a list, or nothing if the list is empty.
fn with_list<T: ToTokens>(method: &str, values: &[T]) -> Option<TokenStream> {
    with(method, (!values.is_empty()).then(|| quote!(&[#(#values),*])))
}

/// Returns a call that sets pairs of texts, or nothing.
fn with_pairs(method: &str, pairs: &[(syn::LitStr, syn::LitStr)]) -> Option<TokenStream> {
    let pairs: Vec<TokenStream> = pairs.iter().map(|(name, value)| quote!((#name, #value))).collect();
    with_list(method, &pairs)
}

/// Returns a call that takes nothing, or nothing.
fn with_word(method: &str, wanted: bool) -> Option<TokenStream> {
    with(method, wanted.then(TokenStream::new))
}

/// How code of ours names the library's items.
#[derive(Clone, Copy)]
enum Names<'a> {
    /// By the names that a scope of ours imports.
    Imported,
    /// By their place in the library, where it stands among the user's items.
    Of(&'a TokenStream),
}

impl Names<'_> {
    fn get(self, name: &str, place: Span) -> syn::Path {
        match self {
            Self::Imported => syn::Ident::new(&format!("__{name}"), place).into(),
            Self::Of(krate) => {
                let name = syn::Ident::new(name, place);
                syn::parse_quote_spanned!(place=> #krate::spec::#name)
            }
        }
    }
}

/// Returns code in a scope of its own, which imports the library's names.
fn enclosed(krate: &TokenStream, code: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let code: TokenStream = code.into_iter().collect();
    quote! {
        #[allow(clippy::all, deprecated, nonstandard_style, private_bounds, private_interfaces, unreachable_pub, unused)]
        const _: () = {
            use #krate::spec::derived::*;
            #code
        };
    }
}

fn tier(tier: Tier) -> TokenStream {
    match tier {
        Tier::Read => quote!(__Tier::Read),
        Tier::Write => quote!(__Tier::Write),
        Tier::Destructive => quote!(__Tier::Destructive),
    }
}

fn style(style: Style) -> TokenStream {
    match style {
        Style::Equals => quote!(__Style::Equals),
        Style::Space => quote!(__Style::Space),
        Style::Attached => quote!(__Style::Attached),
    }
}
