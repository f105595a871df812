//! Checks a struct of arguments: a command, or a set that commands flatten.

use super::field::field;
use super::head;
use super::together::together;
use super::words::long_style;
use crate::errors::Errors;
use crate::model::{Container, Field, Head, Style};
use crate::names::Case;
use crate::parse::{Body, Entries, Raw, Value};

/// Returns the set of arguments that a struct describes.
pub(crate) fn args(mut raw: Raw) -> Container {
    let mut head = head(&mut raw);
    let errors = &mut head.errors;
    let entries = &raw.entries;
    for key in [
        "program",
        "subcommand",
        "output",
        "parse",
        "tier",
        "separator",
        "fixed",
        "single_dash",
        "ok",
        "env",
        "stdin",
        "fn",
    ] {
        if let Some(span) = entries.span(key) {
            errors.at(span, format!("`{key}` belongs to a command, not to a set of arguments"));
        }
    }
    let style = long_style(entries, errors);
    let mut container = container(raw, head, "Args", style);
    together(&container.fields, None, &container.head.ident, &mut container.head.errors);
    container
}

pub(super) fn container(raw: Raw, mut head: Head, derive: &str, style: Option<Style>) -> Container {
    let errors = &mut head.errors;
    let entries = &raw.entries;
    let case = case(entries, errors);
    let fields: Vec<Field> = match raw.body {
        Body::Unit => Vec::new(),
        Body::Named(fields) => fields.into_iter().filter_map(|raw| field(raw, case, style, errors)).collect(),
        Body::Tuple(fields) => {
            let first = fields.first().map_or(raw.ident.span(), |field| field.span);
            errors.at(first, "tuple structs have no option names: use named fields");
            Vec::new()
        }
        Body::Enum(_) | Body::Union => {
            let message = match derive {
                "Command" => {
                    "expected a struct with named fields; for a choice of options derive `Args`, \
                     for a choice of subcommands derive `Subcommand`"
                }
                _ => "expected a struct with named fields, or an enum of options",
            };
            errors.on(&raw.ident, message);
            Vec::new()
        }
    };
    let required = fields.iter().filter(|field| field.required).count();
    let builder = match entries.get("builder").map(|entry| (&entry.value, entry.key.span())) {
        Some((Value::Bool(wanted), _)) if !wanted.value => false,
        Some((_, span)) if required == 0 => {
            errors.at(span, "nothing is required, so there is nothing to build: use `new`");
            false
        }
        Some(_) => true,
        None => required >= 2,
    };
    let function = function(entries, errors);
    Container { head, command: None, fields, builder, function, alias: entries.text("alias_of").cloned() }
}

fn function(entries: &Entries, errors: &mut Errors) -> Option<syn::Ident> {
    let name = entries.name("fn")?;
    // Any word is read where a name stands, so that a keyword is a mistake with a message.
    if syn::parse_str::<syn::Ident>(&name.to_string()).is_err() {
        errors.on(name, format!("`{name}` is a keyword, so no function can be called that"));
        return None;
    }
    Some(name.clone())
}

fn case(entries: &Entries, errors: &mut Errors) -> Case {
    let Some(text) = entries.text("rename_all") else { return Case::default() };
    match Case::ALL.iter().find(|(name, _)| *name == text.value()) {
        Some((_, case)) => *case,
        None => {
            let names: Vec<String> = Case::ALL.iter().map(|(name, _)| format!("`{name}`")).collect();
            errors.on(text, format!("unknown case `{}`: one of {}", text.value(), names.join(", ")));
            Case::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::command::command;

    #[track_caller]
    fn check(declaration: &str, expected: &[&str]) {
        let input = syn::parse_str(declaration).unwrap();
        assert_eq!(command(crate::parse::command(&input)).head.errors.texts(), expected);
    }

    #[track_caller]
    fn check_fields(fields: &str, expected: &[&str]) {
        check(&format!("#[command(program = Tool)] struct C {{ {fields} }}"), expected);
    }

    #[test]
    fn a_command_names_its_program() {
        check(
            "struct C;",
            &["`C` does not say which program it runs: add `#[command(program = YourProgram)]`"],
        );
        check("#[command(program = git::Git)] struct C;", &[]);
    }

    #[test]
    fn a_subcommand_is_one_word_or_a_list_of_words() {
        check("#[command(program = T, subcommand = [\"remote\", \"add\"])] struct C;", &[]);
        check(
            "#[command(program = T, subcommand = \"remote add\")] struct C;",
            &["a subcommand is one word: write nested ones as a list, `subcommand = [\"remote\", \"add\"]`"],
        );
    }

    #[test]
    fn every_mistake_of_a_struct_is_reported() {
        check_fields(
            "#[arg(long = \"--a\")] a: bool, #[arg(count)] b: bool, c: Option<bool>",
            &[
                "write the name without dashes: `a`",
                "`count` needs an unsigned integer field such as `u8`",
                "`Option<bool>` is ambiguous: use `bool` for a flag, or add `#[arg(negatable)]` for a flag and its opposite",
            ],
        );
    }

    #[test]
    fn a_name_is_written_once_also_by_a_negation() {
        check_fields(
            "depth: Option<u8>, #[arg(long = \"depth\")] other: bool",
            &["`--depth` is already the name of field `depth`", "first used here"],
        );
        check_fields(
            "#[arg(negatable)] edit: Option<bool>, no_edit: bool",
            &["`--no-edit` is already written by field `edit`", "first used here"],
        );
        check_fields(
            "#[arg(short)] verbose: bool, #[arg(short = 'v')] version: bool",
            &["`-v` is already the short name of field `verbose`", "first used here"],
        );
    }

    #[test]
    fn operands_stand_in_an_order_that_can_be_read_back() {
        check_fields("#[arg(positional)] a: A, #[arg(positional)] b: Option<A>", &[]);
        check_fields(
            "#[arg(positional)] files: Vec<A>, #[arg(positional)] dest: A",
            &["operand `dest` after the list operand `files`: only the last operand may be a list"],
        );
        check_fields(
            "#[arg(positional)] dir: Option<A>, #[arg(positional)] repo: A",
            &["required operand `repo` after the optional operand `dir`"],
        );
        check_fields("#[arg(positional)] files: Vec<A>, #[arg(last)] rest: Vec<A>", &[]);
    }

    #[test]
    fn a_fixed_word_is_neither_empty_nor_the_separator() {
        check("#[command(program = T, fixed(\"-z\", Log::FORMAT))] struct C;", &[]);
        check(
            "#[command(program = T, fixed(\"\", \"--\", \"a\\0\"))] struct C;",
            &[
                "a fixed word cannot be empty",
                "the separator is written before the first operand: use `separator`",
                "no word of a command line can contain NUL",
            ],
        );
    }

    #[test]
    fn a_subcommand_excludes_operands() {
        check_fields(
            "#[arg(subcommand)] action: A, #[arg(positional)] name: B",
            &["operands and a subcommand in one command: the tool would read the operand as the subcommand"],
        );
        check_fields(
            "#[arg(subcommand)] a: A, #[arg(subcommand)] b: B",
            &["only one field may be the subcommand"],
        );
    }

    #[test]
    fn rules_name_fields_that_can_be_set() {
        check_fields("#[arg(conflicts(\"hard\"))] soft: bool, hard: bool", &[]);
        check_fields(
            "#[arg(conflicts(\"sotf\"))] hard: bool, soft: bool",
            &["no field named `sotf`; did you mean `soft`?"],
        );
        check_fields(
            "#[arg(conflicts(\"repo\"))] soft: bool, repo: A",
            &["`repo` is always given, so nothing can conflict with it"],
        );
    }

    #[test]
    fn a_key_without_a_meaning_for_the_form_is_a_mistake() {
        check_fields(
            "#[arg(positional, long = \"x\")] a: A",
            &["an operand has no name: remove `long`/`short`, or remove `positional`"],
        );
        check_fields("#[arg(skip, short)] a: A", &["`short` has no meaning beside `skip`"]);
        check_fields(
            "#[arg(flatten, long)] a: A",
            &["`flatten` takes the names of the inner type: remove `long`/`short`"],
        );
        check_fields("#[arg(delimiter = \",\")] a: A", &["`delimiter` needs a `Vec<T>` field"]);
        check_fields(
            "#[arg(default = 1)] a: Option<u8>",
            &["`default` needs a plain `T` field: it is always written, so the field is never absent"],
        );
    }

    #[test]
    fn a_reserved_name_is_a_mistake() {
        check_fields(
            "run: bool",
            &["`run` is a method of every command; rename the field and give it `#[arg(long = \"run\")]`"],
        );
    }
}
