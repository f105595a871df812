//! What the derives write, as a reader sees it.

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::{check, emit, parse};

#[track_caller]
fn show(name: &str, declaration: &str, write: impl Fn(&DeriveInput) -> TokenStream) {
    let input = syn::parse_str(declaration).unwrap();
    let file = syn::parse2(write(&input)).unwrap();
    let text = prettyplease::unparse(&file);
    insta::with_settings!({ description => declaration, omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

#[track_caller]
fn command(name: &str, declaration: &str) {
    show(name, declaration, |input| emit::container(&check::command(parse::command(input))));
}

#[track_caller]
fn args(name: &str, declaration: &str) {
    show(name, declaration, |input| emit::container(&check::args(parse::command(input))));
}

#[test]
fn a_program() {
    show(
        "program",
        "#[program(name = \"git\", separator = \"--end-of-options\", tier = write)] pub struct Git;",
        |input| emit::program(&check::program(parse::program(input))),
    );
}

#[test]
fn commands() {
    command(
        "command_without_fields",
        "#[command(program = Git, subcommand = \"status\", tier = read)] pub struct GitStatus;",
    );
    command(
        "command",
        "#[command(program = Git, subcommand = \"clone\", output = Report, fn = clone)]
         pub struct GitClone {
             /// Makes a bare repository.
             pub bare: bool,
             #[arg(negatable)]
             pub tags: Option<bool>,
             #[arg(short, count)]
             pub verbose: u8,
             pub depth: Option<u32>,
             pub config: Vec<String>,
             #[arg(positional)]
             pub repo: RemoteUrl,
             #[arg(positional)]
             pub dir: Option<SafePath>,
         }",
    );
    command(
        "command_with_rules",
        "#[command(program = Git, separator = none, builder = false)]
         struct Reset {
             #[arg(conflicts(\"hard\"), requires(\"message\"))]
             soft: bool,
             hard: bool,
             message: Option<Option<String>>,
             #[arg(secret, env = \"TOKEN\")]
             token: Option<Secret<String>>,
             #[arg(stdin)]
             patch: Vec<u8>,
             #[arg(default = 3)]
             level: u32,
             #[arg(with = hex)]
             mask: u32,
         }",
    );
    command(
        "command_with_sets",
        "#[command(program = Tar)]
         struct Tarball {
             #[arg(flatten)]
             mode: Option<Mode>,
             #[arg(flatten, global)]
             common: Common,
             #[arg(subcommand)]
             action: Action,
         }",
    );
    command(
        "command_that_is_generic",
        "#[command(program = Tar)] struct C<'a, T: ArgValue> { #[arg(positional)] f: &'a T }",
    );
    command(
        "command_with_mistakes",
        "#[command(program = Tar)] struct C { #[arg(shrot)] a: bool, b: Option<bool>, c: String }",
    );
    command(
        "builder",
        "#[command(program = Git)]
         pub(crate) struct Switch {
             #[arg(positional)]
             from: GitRef,
             #[arg(positional)]
             to: GitRef,
         }",
    );
}

#[test]
fn sets_of_arguments() {
    args("args", "pub struct Common { quiet: bool, #[arg(positional)] files: Vec<PathBuf> }");
    show("choice", "pub enum Mode { #[arg(long = \"create\")] Create, Depth(u32) }", |input| {
        emit::choice(&check::choice(parse::choice(input)))
    });
    show("subcommand", "pub enum Remote { Add(Add), #[command(name = \"prune\")] Tidy }", |input| {
        emit::subcommand(&check::subcommand(parse::subcommand(input)))
    });
}

#[test]
fn values() {
    show("words", "pub enum When { Always, #[arg(value = \"never\")] Off }", |input| {
        emit::words(&check::words(parse::words(input)))
    });
    show("newtype", "#[arg(check = is_ticket)] pub struct Ticket(String);", |input| {
        emit::newtype(&check::newtype(parse::newtype(input)))
    });
}
