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
        "generic_command_with_a_set",
        "#[command(program = Tar)] struct C<'a, T: ArgValue> { a: &'a T, b: T, #[arg(flatten)] c: Common<'a> }",
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

#[test]
fn no_declaration_makes_a_derive_panic() {
    let declarations = [
        "struct A;",
        "struct A {}",
        "struct A();",
        "enum A {}",
        "union A { a: u8, b: u8 }",
        "struct A<'a, const N: usize, T = u8>(&'a [T; N]) where T: Copy;",
        "struct A { r#type: r#enum, __: fn(), _x_: [u8; 3], y: &'static dyn Fn(u8), z: m!(), t: (u8, u8), n: ! }",
        "struct A { a: Option, b: Option<>, c: Option<Option<Option<u8>>>, d: Vec<Vec<u8>>, e: <T as U>::V }",
        "#[arg] #[command] #[program] struct A { #[arg] a: u8 }",
        "#[arg()] #[command()] #[program()] struct A { #[arg()] a: u8 }",
        "#[arg = 1] #[command = 1] #[program = 1] struct A { #[arg = 1] a: u8 }",
        "#[arg(,)] #[command(=)] #[program(1)] struct A { #[arg(long =)] a: u8, #[arg(long = , short)] b: u8 }",
        "#[command(program = , tier =, env(), ok(), crate)] #[program(env(inherit = 3, set(\"\")))] struct A;",
        "#[program(name = \"\", path = \"\", version = \",\", noise(\"[\"), ok(99999999999))] struct A;",
        "#[command(subcommand = [], fn = 3, rename_all = \"x\", builder = 1, builder)] struct A { a: u8, b: u8 }",
        "struct A { #[arg(short)] _a: bool, #[arg(short, negatable)] b: Option<bool>, #[arg(min = 99999999999999999999)] c: Vec<u8> }",
        "struct A { #[arg(positional, last, flatten, subcommand, skip, env = \"\", stdin)] a: bool }",
        "enum A { B { c: u8 }, D(), E(u8, u8), #[arg(value = \"\\0\")] F, #[command(name = \"\")] G(H) }",
        "#[arg(check = a, leading_hyphen = maybe)] struct A(Option<u8>, u8);",
    ];
    for declaration in declarations {
        let input: DeriveInput = syn::parse_str(declaration).unwrap();
        let outputs = [
            emit::program(&check::program(parse::program(&input))),
            emit::container(&check::command(parse::command(&input))),
            emit::container(&check::args(parse::command(&input))),
            emit::choice(&check::choice(parse::choice(&input))),
            emit::subcommand(&check::subcommand(parse::subcommand(&input))),
            emit::words(&check::words(parse::words(&input))),
            emit::newtype(&check::newtype(parse::newtype(&input))),
        ];
        for output in outputs {
            assert!(syn::parse2::<syn::File>(output.clone()).is_ok(), "{declaration}\n{output}");
        }
    }
}
