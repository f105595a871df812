//! The template of `cmd!`: split into words when it is compiled, with shell-like quotes and slots.

mod emit;
mod split;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, LitStr, Token, Type, token};

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
        if input.is_empty() || input.peek(LitStr) {
            return Err(input.error(NO_PROGRAM));
        }
        let program = input.parse()?;
        if input.peek(token::Paren) {
            return Err(input.error("the program is a type, and no value: `cmd!(Git, \"status\")`"));
        }
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        if input.is_empty() {
            let template = LitStr::new("", Span::call_site());
            return Ok(Self { krate, program, template, values: Vec::new() });
        }
        if !input.peek(LitStr) {
            return Err(input.error(NO_LITERAL));
        }
        let template = input.parse()?;
        let mut values = Vec::new();
        if input.parse::<Option<Token![,]>>()?.is_some() {
            values = Punctuated::<_, Token![,]>::parse_terminated_with(input, value)?.into_iter().collect();
        }
        Ok(Self { krate, program, template, values })
    }
}

const NO_PROGRAM: &str =
    "the program comes first: `cmd!(Git, \"status\")`, with `#[derive(Program)] struct Git;`";
const NO_LITERAL: &str = "the template is a literal, since it is split when it is compiled: text that is known when the \
                          program runs is a slot, `{text}`, and a list `{list..}`; word by word there is \
                          `Program::cmd()`";

/// Reads a value that is given by name.
fn value(input: ParseStream<'_>) -> syn::Result<(Ident, Expr)> {
    if input.peek(Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]) {
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        return Ok((name, input.parse()?));
    }
    let value: Expr = input.parse()?;
    let shown = value.to_token_stream().to_string();
    Err(match &value {
        Expr::Path(path) if path.path.get_ident().is_some() => {
            let message = format!(
                "slots have names: write `{{{shown}}}` in the template, and leave `{shown}` out here"
            );
            syn::Error::new_spanned(value, message)
        }
        _ => {
            syn::Error::new_spanned(value, "slots have names: write `{x}` in the template, and `x = ..` here")
        }
    })
}

/// Returns the code of a template, or of what is wrong with it.
pub(crate) fn expand(input: &Input) -> TokenStream {
    match split::split(&input.template.value()) {
        Ok(words) => emit::emit(input, &words),
        Err(message) => syn::Error::new(input.template.span(), message).into_compile_error(),
    }
}
