//! Whatever stands in an attribute, the derives answer with code: mistakes are reported, and nothing panics.

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::{check, emit, parse};

/// Every key of every attribute.
const KEYS: &[&str] = &[
    "alias_of",
    "allow_hyphen",
    "always",
    "builder",
    "check",
    "conflicts",
    "count",
    "crate",
    "danger",
    "default",
    "delimiter",
    "docs",
    "env",
    "explain",
    "fixed",
    "flatten",
    "fn",
    "global",
    "last",
    "leading_hyphen",
    "long",
    "max",
    "min",
    "name",
    "negatable",
    "negate",
    "noise",
    "ok",
    "output",
    "parse",
    "path",
    "positional",
    "program",
    "project",
    "rename_all",
    "required",
    "requires",
    "search",
    "secret",
    "separator",
    "short",
    "since",
    "single_dash",
    "skip",
    "stdin",
    "style",
    "subcommand",
    "tier",
    "value",
    "values",
    "version",
    "version_args",
    "with",
    "nonsense",
    "größe",
    "r#type",
];

/// What may follow a key.
const VALUES: &[&str] = &[
    "",
    "=",
    "= \"\"",
    "= \"\\0\"",
    "= \"a b\"",
    "= \"--x\"",
    "= \"größe🦀\"",
    "= \"\\n\"",
    "= 'c'",
    "= '-'",
    "= '\\0'",
    "= '🦀'",
    "= 1",
    "= -1",
    "= 0",
    "= 99999999999999999999999999",
    "= 1.5",
    "= true",
    "= false",
    "= none",
    "= b\"x\"",
    "= c\"x\"",
    "= []",
    "= [\"a\", \"\"]",
    "= [1]",
    "= {}",
    "= a::b::C",
    "= ::a",
    "= Vec<u8>",
    "= (u8, u8)",
    "= |x| x",
    "= self",
    "= Self",
    "= r#fn",
    "= \"a\" = \"b\"",
    "()",
    "(\"a\")",
    "(\"\")",
    "(\"a\", \"a\")",
    "(1)",
    "(300, -1)",
    "(99999999999)",
    "(\"A\" = \"b\")",
    "(\"A=\" = \"\\0\")",
    "(inherit = all)",
    "(inherit = [\"\"], set(\"\" = \"\"), deny(\"*\"))",
    "(nonsense)",
    "(,)",
    "(a b)",
    "[a]",
    "::b",
    "!",
    "!()",
    "= , =",
    "# = 1",
    "= \"a\" \"b\"",
];

const FIELDS: &[&str] = &[
    "bool",
    "u8",
    "String",
    "Option<bool>",
    "Option<u32>",
    "Option<Option<String>>",
    "Vec<u8>",
    "Vec<Vec<u8>>",
    "Option<Vec<u8>>",
    "[u8; 4]",
    "(u8, bool)",
    "&'static str",
    "fn(u8) -> u8",
    "!",
    "impl Sized",
    "dyn Send",
    "_",
    "<A as B>::C",
    "Option",
    "Vec<>",
    "Option<'a>",
    "Option<u8, u8>",
    "m!()",
];

fn all(input: &DeriveInput) -> Vec<TokenStream> {
    match input.data {
        syn::Data::Enum(_) => vec![
            emit::choice(&check::choice(parse::choice(input))),
            emit::words(&check::words(parse::words(input))),
            emit::subcommand(&check::subcommand(parse::subcommand(input))),
        ],
        _ => vec![
            emit::program(&check::program(parse::program(input))),
            emit::container(&check::command(parse::command(input))),
            emit::newtype(&check::newtype(parse::newtype(input))),
        ],
    }
}

/// Runs every derive on a declaration, and reads back what each one writes.
#[track_caller]
fn try_all(declaration: &str) {
    // What the compiler does not read as a type never comes to a derive.
    let Ok(input) = syn::parse_str(declaration) else { return };
    let written = std::panic::catch_unwind(|| {
        all(&input).into_iter().map(|tokens| syn::parse2::<syn::File>(tokens).map(drop)).collect::<Vec<_>>()
    });
    match written {
        Ok(files) => files.into_iter().for_each(|file| assert!(file.is_ok(), "{declaration}: {file:?}")),
        Err(_) => panic!("a derive panics on {declaration}"),
    }
}

#[test]
fn no_value_of_any_key_makes_a_derive_panic() {
    for key in KEYS {
        for value in VALUES {
            let entry = format!("{key} {value}");
            let tuple = format!(
                "#[program({entry})] #[command({entry})] #[arg({entry})] struct A(#[arg({entry})] u8);"
            );
            try_all(&tuple);
            try_all(&format!(
                "#[command(program = T, {entry})] struct A {{ #[arg({entry})] a: Option<u8> }}"
            ));
            try_all(&format!("#[arg({entry})] enum A {{ #[arg({entry})] #[command({entry})] B(u8), C }}"));
        }
    }
}

#[test]
fn no_type_of_a_field_makes_a_derive_panic() {
    for ty in FIELDS {
        for key in KEYS {
            let field = format!("#[arg({key})] r#a: {ty}, #[arg({key} = \"x\")] b_: {ty}, __c: {ty}");
            try_all(&format!("#[command(program = T)] struct A<'a, T, const N: usize> {{ {field} }}"));
        }
    }
}

#[test]
fn strange_shapes_are_answered() {
    let long = "x".repeat(100_000);
    for declaration in [
        "struct A;",
        "#[command(style = \"space\")] struct A { #[arg(flatten, required)] a: B, #[arg(subcommand)] c: Option<D> }",
        "struct A {}",
        "struct A();",
        "enum A {}",
        "union A { a: u8, b: u16 }",
        "#[command] struct A;",
        "#[command()] struct A;",
        "#[command = 1] struct A;",
        "#[command(program)] struct A;",
        "#[arg(long)] struct A { #[command(x)] a: u8 }",
        "enum A { B { a: u8 }, C(), D(u8, u8), E = 3 }",
        "#[command(program = T, subcommand = [])] struct A;",
        "#[command(program = T)] struct r#type { r#fn: bool, r#type: Option<u8>, r#match: Vec<u8> }",
        "#[command(program = T)] struct A { größe: u8, ß: bool, _a: u8, __: u8 }",
        "#[command(program = T)] struct __S<__S, '__a, const __A: usize> { a: __S, b: __S }",
        "#[command(program = T)] struct A<T = u8>(T) where T: Sized;",
        &format!("#[command(program = T)] struct A {{ #[arg(long = \"{long}\")] a: bool, {long}: bool }}"),
    ] {
        try_all(declaration);
    }
}
