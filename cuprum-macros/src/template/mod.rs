//! The template of `cmd!`: split into words when it is compiled, with shell-like quotes and slots.

mod emit;
mod split;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, LitStr, Token, Type};

use crate::names::{pascal, plain};

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
        let program = program(input)?;
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
const NO_TYPE: &str = "a program is a type with `#[derive(Program)]`: `cmd!(Git, \"status\")`; one whose name is known \
                       only at run time is `unchecked::command(name)`";
const NO_LITERAL: &str = "the template is a literal, since it is split when it is compiled: text that is known when the \
                          program runs is a slot, `{text}`, and a list `{list..}`; word by word there is \
                          `Program::cmd()`";

/// Reads the program.
///
/// What is no type is said here: of a variable the compiler would say only that it is no constant. A type that is
/// written like a variable can be given with its path, `self::git`.
fn program(input: ParseStream<'_>) -> syn::Result<Type> {
    let place = input.span();
    let program = input.parse::<Type>().map_err(|_| syn::Error::new(place, NO_TYPE))?;
    if let Some(name) = variable(&program) {
        let kind = pascal(&plain(name));
        let message = format!(
            "a program is a type, and `{name}` is written like a variable: give a type with `#[derive(Program)]`, \
             such as `struct {kind};`; a program whose name is known only at run time is \
             `unchecked::command({name})`"
        );
        return Err(syn::Error::new_spanned(&program, message));
    }
    if !input.is_empty() && !input.peek(Token![,]) && !input.peek(LitStr) {
        return Err(syn::Error::new_spanned(&program, NO_TYPE));
    }
    Ok(program)
}

/// Returns the name of what can only be meant as a variable: one word in lower case, or a reference to it.
fn variable(program: &Type) -> Option<&Ident> {
    match program {
        Type::Path(path) if path.qself.is_none() => path
            .path
            .get_ident()
            .filter(|name| plain(name).trim_start_matches('_').starts_with(char::is_lowercase)),
        Type::Reference(reference) => variable(&reference.elem),
        _ => None,
    }
}

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
