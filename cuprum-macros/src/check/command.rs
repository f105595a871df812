//! Checks what makes a struct a command: the keys that a set of arguments does not have.

use syn::LitStr;

use super::container::container;
use super::program::{exit_codes, separator, variables};
use super::together::together;
use super::words::{long_style, tier};
use super::{head, no_nul};
use crate::errors::Errors;
use crate::model::{Command, Container, Separator, Tier};
use crate::parse::{Entries, Raw, Value, Word};

/// Returns the command that a struct describes.
pub(crate) fn command(mut raw: Raw) -> Container {
    let mut head = head(&mut raw);
    let errors = &mut head.errors;
    let entries = &raw.entries;
    if !entries.has("program") && !entries.is_broken {
        let message = format!(
            "`{}` does not say which program it runs: add `#[command(program = YourProgram)]`",
            raw.ident
        );
        errors.on(&raw.ident, message);
    }
    let command = Command {
        program: entries.path("program").cloned(),
        subcommand: subcommand(entries, errors),
        fixed: fixed(entries, errors),
        output: match entries.get("output").map(|entry| &entry.value) {
            Some(Value::Type(ty)) => Some((**ty).clone()),
            _ => None,
        },
        // One that could not be read stands in, so that nothing is asked of the output's type.
        parse: entries
            .path("parse")
            .cloned()
            .or_else(|| entries.has("parse").then(|| syn::parse_quote!(parse))),
        tier: tier(entries, errors).unwrap_or(Tier::Write),
        tier_span: entries.name("tier").map_or(raw.ident.span(), syn::Ident::span),
        separator: match separator(entries, errors) {
            None => Separator::OfProgram,
            Some(None) => Separator::Nothing,
            Some(Some(word)) => Separator::Own(word),
        },
        style: long_style(entries, errors),
        single_dash: entries.has("single_dash"),
        ok: exit_codes(entries, errors),
        env: variables(entries, "env", errors),
        inherit_stdin: inherits_stdin(entries, errors),
    };
    if let (Some(span), None) = (entries.span("parse"), entries.get("output")) {
        errors.at(span, "`parse` makes a value of the output: name its type, `output = Type`");
    }
    let mut container = container(raw, head, "Command", None);
    together(&container.fields, Some(&command), &container.head.ident, &mut container.head.errors);
    container.command = Some(command);
    container
}

fn subcommand(entries: &Entries, errors: &mut Errors) -> Vec<LitStr> {
    let words = entries.texts("subcommand");
    for word in &words {
        let text = word.value();
        if text.contains(char::is_whitespace) {
            let list =
                text.split_whitespace().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
            let message =
                format!("a subcommand is one word: write nested ones as a list, `subcommand = [{list}]`");
            errors.on(word, message);
        } else if text.is_empty() || text.starts_with('-') {
            errors.on(word, "a subcommand is a word that does not begin with `-`");
        }
    }
    no_nul(&words, errors);
    words
}

fn fixed(entries: &Entries, errors: &mut Errors) -> Vec<Word> {
    let words = entries.words("fixed");
    for word in &words {
        let Word::Literal(literal) = word else { continue };
        match literal.value().as_str() {
            "" => errors.on(literal, "a fixed word cannot be empty"),
            "--" => errors.on(literal, "the separator is written before the first operand: use `separator`"),
            _ => no_nul([literal], errors),
        }
    }
    words
}

fn inherits_stdin(entries: &Entries, errors: &mut Errors) -> bool {
    let Some(name) = entries.name("stdin") else { return false };
    if name != "null" && name != "inherit" {
        let message = format!(
            "unknown standard input `{name}`: one of `null`, `inherit`; bytes come from a field with `#[arg(stdin)]`"
        );
        errors.on(name, message);
    }
    name == "inherit"
}
