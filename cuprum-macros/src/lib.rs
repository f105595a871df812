//! The derives of Cuprum: they turn annotated types into programs, commands and arguments.
//!
//! Each derive goes the same way: `parse` reads attributes into raw entries, `check` turns them into a
//! model and finds everything that is wrong at once, `emit` writes the model as code.

mod allowlist;
mod check;
mod emit;
mod errors;
mod model;
mod names;
mod parse;
mod shape;
mod suggest;
mod template;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use syn::DeriveInput;

/// Makes a unit struct a program that a project may run.
///
/// The keys of `#[program(..)]`, all optional:
///
/// | key | meaning |
/// | --- | --- |
/// | `name = "git"` | the file name that is looked up; by default the struct's name in kebab-case |
/// | `path = "/usr/bin/git"` | pins one absolute file |
/// | `search = path`, `trusted`, `["/opt/bin"]` | where the file is looked for; by default in `$PATH` |
/// | `version = ">=2.30, <3"`, `version_args = ["--version"]` | the versions accepted, and how to ask |
/// | `separator = "--"`, `none` | the word that ends the options; by default there is none |
/// | `style = "equals"`, `"space"` | how long options are joined to their values |
/// | `single_dash` | long options are written `-name`, their value as the next word |
/// | `tier = read`, `write`, `destructive` | the most that a command of it may do |
/// | `project = ".."`, `docs("..")`, `noise("..")` | for the catalogue; the project is the package by default |
/// | `env(inherit = all, set("K" = "V"), deny("K*"))` | the environment of its commands |
/// | `ok(0, 1)` | the exit codes that are no failure |
/// | `crate = ::path` | where the `cuprum` library is found |
#[proc_macro_derive(Program, attributes(program))]
pub fn program(input: TokenStream) -> TokenStream {
    derive(input, "Program", |input| emit::program(&check::program(parse::program(input))))
}

/// Makes a struct a typed command of a program; its fields are the arguments.
///
/// A field without an attribute is a long option named after it. The keys of `#[command(..)]` and
/// `#[arg(..)]`, and the command line of each form, are in the guide.
#[proc_macro_derive(Command, attributes(command, arg))]
pub fn command(input: TokenStream) -> TokenStream {
    derive(input, "Command", |input| emit::container(&check::command(parse::command(input))))
}

/// Makes a struct, or an enum of options, a set of arguments that commands flatten.
#[proc_macro_derive(Args, attributes(command, arg))]
pub fn args(input: TokenStream) -> TokenStream {
    derive(input, "Args", |input| match &input.data {
        syn::Data::Enum(_) => emit::choice(&check::choice(parse::choice(input))),
        _ => emit::container(&check::args(parse::command(input))),
    })
}

/// Makes an enum a choice of subcommands.
#[proc_macro_derive(Subcommand, attributes(command))]
pub fn subcommand(input: TokenStream) -> TokenStream {
    derive(input, "Subcommand", |input| emit::subcommand(&check::subcommand(parse::subcommand(input))))
}

/// Makes an enum of words, or a checked one-field struct, a command-line value.
#[proc_macro_derive(ArgValue, attributes(arg))]
pub fn arg_value(input: TokenStream) -> TokenStream {
    derive(input, "ArgValue", |input| match &input.data {
        syn::Data::Enum(_) => emit::words(&check::words(parse::words(input))),
        _ => emit::newtype(&check::newtype(parse::newtype(input))),
    })
}

/// Makes a named list of programs a type, to which a context can be narrowed.
///
/// ```text
/// allowlist! {
///     /// What a deployment may run.
///     pub Deploy = [Git, Rsync];
/// }
/// ```
///
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
