//! The template of `cmd!`: split into words when it is compiled, with shell-like quotes and slots.

mod emit;
mod split;

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, LitStr, Token, Type};

/// What `cmd!` is given: the path of the library, a program, a template, values by name.
pub(crate) struct Input {
    krate: Ident,
    program: Type,
    template: LitStr,
    values: Vec<(Ident, Expr)>,
}

/// A word of a template.
#[derive(Debug, PartialEq, Eq)]
enum Word {
    /// Text, and slots that are a part of the word.
    Parts(Vec<Part>),
    /// A list whose items are words.
    List(String),
}

/// A part of a word.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Slot(String),
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = input.parse()?;
        let program = input.parse()?;
        input.parse::<Token![,]>()?;
        let template = input.parse()?;
        let mut values = Vec::new();
        if input.parse::<Option<Token![,]>>()?.is_some() {
            let value = |input: ParseStream<'_>| {
                let name: Ident = input.parse()?;
                input.parse::<Token![=]>()?;
                Ok((name, input.parse()?))
            };
            values = Punctuated::<_, Token![,]>::parse_terminated_with(input, value)?.into_iter().collect();
        }
        Ok(Self { krate, program, template, values })
    }
}

/// Returns the code of a template, or of what is wrong with it.
pub(crate) fn expand(input: &Input) -> TokenStream {
    match split::split(&input.template.value()) {
        Ok(words) => emit::emit(input, &words),
        Err(message) => syn::Error::new(input.template.span(), message).into_compile_error(),
    }
}
