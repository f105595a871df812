//! The derives of Cuprum: they turn annotated types into programs, commands and arguments.
//!
//! Each derive goes the same way: `parse` reads attributes into raw entries, `check` turns them into a
//! model and finds everything that is wrong at once, `emit` writes the model as code.

mod allowlist;
mod check;
mod emit;
mod errors;
#[cfg(test)]
mod malformed;
mod model;
mod names;
mod parse;
mod shape;
mod suggest;
mod template;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use syn::DeriveInput;

#[doc = include_str!("../docs/program.md")]
#[proc_macro_derive(Program, attributes(program, command, arg))]
pub fn program(input: TokenStream) -> TokenStream {
    derive(input, "Program", |input| emit::program(&check::program(parse::program(input))))
}

#[doc = include_str!("../docs/command.md")]
#[proc_macro_derive(Command, attributes(command, arg, program))]
pub fn command(input: TokenStream) -> TokenStream {
    derive(input, "Command", |input| emit::container(&check::command(parse::command(input))))
}

#[doc = include_str!("../docs/args.md")]
#[proc_macro_derive(Args, attributes(command, arg, program))]
pub fn args(input: TokenStream) -> TokenStream {
    derive(input, "Args", |input| match &input.data {
        syn::Data::Enum(_) => emit::choice(&check::choice(parse::choice(input))),
        _ => emit::container(&check::args(parse::command(input))),
    })
}

#[doc = include_str!("../docs/subcommand.md")]
#[proc_macro_derive(Subcommand, attributes(command, arg, program))]
pub fn subcommand(input: TokenStream) -> TokenStream {
    derive(input, "Subcommand", |input| emit::subcommand(&check::subcommand(parse::subcommand(input))))
}

#[doc = include_str!("../docs/arg_value.md")]
#[proc_macro_derive(ArgValue, attributes(arg, command, program))]
pub fn arg_value(input: TokenStream) -> TokenStream {
    derive(input, "ArgValue", |input| match &input.data {
        syn::Data::Enum(_) => emit::words(&check::words(parse::words(input))),
        _ => emit::newtype(&check::newtype(parse::newtype(input))),
    })
}

/// `Cx<Deploy>` then runs commands of these programs only, by what compiles and by what runs. A renamed
/// library is given first: `#![crate = ::path]`.
#[proc_macro]
pub fn allowlist(input: TokenStream) -> TokenStream {
    allowlist::expand(input.into()).into()
}

/// What `cuprum::cmd!` becomes; the macro of the library gives it the library's path.
#[doc(hidden)]
#[proc_macro]
pub fn __cmd(input: TokenStream) -> TokenStream {
    match syn::parse::<template::Input>(input) {
        Ok(input) => guarded("cmd!", proc_macro2::Span::call_site(), || template::expand(&input)),
        Err(error) => error.into_compile_error().into(),
    }
}

/// Runs one derive.
fn derive(input: TokenStream, name: &str, write: impl Fn(&DeriveInput) -> Tokens) -> TokenStream {
    let input = match syn::parse::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error().into(),
    };
    guarded(&format!("#[derive({name})]"), input.ident.span(), || write(&input))
}

/// Returns what `write` returns; a panic in it is ours, and is reported as such.
fn guarded(name: &str, place: proc_macro2::Span, write: impl Fn() -> Tokens) -> TokenStream {
    let written = std::panic::catch_unwind(std::panic::AssertUnwindSafe(write));
    let tokens = written.unwrap_or_else(|_| {
        let message = format!("a bug in `{name}`: please report it with this code");
        syn::Error::new(place, message).into_compile_error()
    });
    tokens.into()
}
