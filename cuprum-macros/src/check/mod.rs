//! Judges raw entries: what they mean, and everything that is wrong with them.

mod command;
mod container;
mod field;
mod forms;
mod program;
mod rules;
mod together;
mod value;
mod variants;
mod words;

use quote::{ToTokens as _, quote};

pub(crate) use self::command::command;
pub(crate) use self::container::args;
pub(crate) use self::program::program;
pub(crate) use self::together::hides_method;
pub(crate) use self::value::{newtype, words};
pub(crate) use self::variants::{choice, subcommand};
use crate::errors::Errors;
use crate::model::Head;
use crate::parse::{Entries, Raw};

/// Returns what every derived type has, and the mistakes so far.
fn head(raw: &mut Raw) -> Head {
    if let Some(path) = raw.entries.path("crate")
        && path.segments.iter().any(|segment| segment.ident == "Self" || segment.ident == "_")
    {
        raw.errors.on(path.clone(), "`crate` is the path of the library, such as `::cuprum`");
        raw.entries.forget("crate");
    }
    Head {
        ident: raw.ident.clone(),
        vis: raw.vis.clone(),
        generics: raw.generics.clone(),
        docs: std::mem::take(&mut raw.docs),
        krate: krate(&raw.entries),
        errors: std::mem::take(&mut raw.errors),
    }
}

fn krate(entries: &Entries) -> proc_macro2::TokenStream {
    match entries.path("crate") {
        Some(path) => path.to_token_stream(),
        None => quote!(::cuprum),
    }
}

/// Reports a text that holds a NUL byte, which no word and no variable can.
fn no_nul<'a>(texts: impl IntoIterator<Item = &'a syn::LitStr>, errors: &mut Errors) {
    for text in texts {
        if text.value().contains('\0') {
            errors.on(text, "no word of a command line can contain NUL");
        }
    }
}
