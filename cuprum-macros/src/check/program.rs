//! Checks a program.

use syn::LitStr;

use super::words::{is_version, long_style, tier};
use super::{head, no_nul};
use crate::errors::Errors;
use crate::model::{Inherit, Program, Search};
use crate::names::kebab;
use crate::parse::{Body, Entries, Raw, Value};

/// Returns the program that a type describes.
pub(crate) fn program(mut raw: Raw) -> Program {
    let mut head = head(&mut raw);
    let errors = &mut head.errors;
    if !matches!(raw.body, Body::Unit) || !raw.generics.params.is_empty() {
        errors.on(&raw.ident, format!("a program is a unit struct: `pub struct {};`", raw.ident));
    }
    let entries = &raw.entries;
    let name = match entries.text("name") {
        Some(name) => {
            if let Some(fault) = fault_of_name(&name.value()) {
                errors.on(name, fault);
            }
            name.value()
        }
        None => kebab(&raw.ident),
    };
    let path = path(entries, errors);
    let search = search(entries, errors);
    if path.is_some() && search.is_some() {
        errors.at(
            entries.span("search").unwrap_or_else(|| raw.ident.span()),
            "`path` pins the file, so there is nothing to search: remove `search` or `path`",
        );
    }
    if let Some(version) = entries.text("version")
        && !is_requirement(&version.value())
    {
        errors.on(version, "a version requirement is comparisons joined by commas: `>=2.30, <3`");
    }
    let env = entries.get("env").and_then(|entry| match &entry.value {
        Value::Nested(entries) => Some(entries),
        _ => None,
    });
    let inherit = env.and_then(|env| inherit(env, errors));
    let set_env = env.map(|env| variables(env, "set", errors)).unwrap_or_default();
    let deny_env = env.map(|env| env.texts("deny")).unwrap_or_default();
    deny_env.iter().for_each(|pattern| name_pattern(pattern, errors));
    let noise = entries.texts("noise");
    noise.iter().for_each(|pattern| glob(pattern, errors));
    Program {
        name,
        path,
        search,
        version: entries.text("version").cloned(),
        version_args: entries.has("version_args").then(|| entries.texts("version_args")),
        separator: separator(entries, errors).flatten(),
        style: long_style(entries, errors),
        single_dash: entries.has("single_dash"),
        tier: tier(entries, errors),
        project: entries.text("project").cloned(),
        docs: entries.texts("docs"),
        noise,
        inherit,
        set_env,
        deny_env,
        ok: exit_codes(entries, errors),
        explain: entries.path("explain").cloned(),
        head,
    }
}

/// Returns the separator that an attribute declares: nothing, none, or a word.
pub(super) fn separator(entries: &Entries, errors: &mut Errors) -> Option<Option<LitStr>> {
    if let Some(name) = entries.name("separator") {
        if name != "none" {
            errors.on(name, "a separator is a text such as `\"--\"`, or `none`");
        }
        return Some(None);
    }
    let text = entries.text("separator")?;
    let word = text.value();
    if word == "none" {
        errors.on(text, "without a separator write `separator = none`: a text is the word itself");
    } else if word.is_empty() || word.contains(|letter: char| letter.is_whitespace() || letter == '\0') {
        errors.on(text, "a separator is one word, such as `--`");
    }
    Some(Some(text.clone()))
}

/// Returns the variables of a key, each of which is one that an environment can hold, and is named once.
pub(super) fn variables(entries: &Entries, key: &str, errors: &mut Errors) -> Vec<(LitStr, LitStr)> {
    let variables = entries.pairs(key);
    for (place, (name, value)) in variables.iter().enumerate() {
        if let Some(fault) = fault_of_variable(&name.value()) {
            errors.on(name, fault);
        }
        no_nul([value], errors);
        if variables.iter().take(place).any(|(earlier, _)| earlier.value() == name.value()) {
            errors.on(name, format!("the variable `{}` is set twice", name.value()));
        }
    }
    variables
}

/// Returns the exit codes that are no failure, of which there is one at least.
pub(super) fn exit_codes(entries: &Entries, errors: &mut Errors) -> Option<Vec<i32>> {
    let codes = entries.numbers("ok")?;
    if codes.is_empty() {
        let span = entries.span("ok").unwrap_or_else(proc_macro2::Span::call_site);
        errors.at(span, "without an exit code that is no failure every run fails: write `ok(0)`");
    }
    for (place, code) in codes.iter().enumerate() {
        if !(0..=255).contains(&code.number) {
            errors.at(code.span, format!("`{}` is no exit code: they go from 0 to 255", code.number));
        } else if codes.iter().take(place).any(|earlier| earlier.number == code.number) {
            errors.at(code.span, format!("the exit code `{}` is given twice", code.number));
        }
    }
    Some(codes.iter().map(|code| code.number).collect())
}

/// Returns what is wrong with the name of an environment variable, if anything is.
pub(super) fn fault_of_variable(name: &str) -> Option<&'static str> {
    (name.is_empty() || name.contains(['=', '\0']))
        .then_some("the name of a variable is not empty and contains neither `=` nor NUL")
}

fn path(entries: &Entries, errors: &mut Errors) -> Option<LitStr> {
    let path = entries.text("path")?;
    if !path.value().starts_with('/') || path.value().ends_with('/') || path.value().contains('\0') {
        errors.on(path, "`path` pins one absolute file: `/usr/bin/git`");
    }
    Some(path.clone())
}

fn search(entries: &Entries, errors: &mut Errors) -> Option<Search> {
    match &entries.get("search")?.value {
        Value::Name(name) if name == "path" => Some(Search::Path),
        Value::Name(name) if name == "trusted" => Some(Search::Trusted),
        Value::Texts(directories) => {
            if directories.is_empty() {
                let span = entries.span("search").unwrap_or_else(proc_macro2::Span::call_site);
                errors.at(span, "in no directory nothing is found: name one, or remove `search`");
            }
            for directory in directories.iter().filter(|directory| !directory.value().starts_with('/')) {
                errors.on(directory, "a directory to search is absolute");
            }
            no_nul(directories, errors);
            Some(Search::Directories(directories.clone()))
        }
        Value::Name(name) => {
            errors.on(
                name,
                format!("unknown search `{name}`: one of `path`, `trusted`, or a list of directories"),
            );
            None
        }
        _ => None,
    }
}

fn inherit(env: &Entries, errors: &mut Errors) -> Option<Inherit> {
    match &env.get("inherit")?.value {
        Value::Name(name) if name == "all" => Some(Inherit::All),
        Value::Name(name) if name == "none" => Some(Inherit::Nothing),
        Value::Texts(names) => {
            names.iter().for_each(|name| name_pattern(name, errors));
            Some(Inherit::Only(names.clone()))
        }
        Value::Name(name) => {
            errors
                .on(name, format!("unknown inheritance `{name}`: one of `all`, `none`, or a list of names"));
            None
        }
        _ => None,
    }
}

/// Reports a pattern that is no variable's name with, at most, a `*` at its end.
fn name_pattern(pattern: &LitStr, errors: &mut Errors) {
    let text = pattern.value();
    let name = text.strip_suffix('*').unwrap_or(&text);
    if name.contains('*') || (fault_of_variable(name).is_some() && text != "*") {
        errors.on(pattern, "a pattern is the name of a variable, with `*` at its end at most");
    }
}

/// Reports a glob whose brackets do not close, or that ends in an escape.
fn glob(pattern: &LitStr, errors: &mut Errors) {
    let text = pattern.value();
    let mut letters = text.chars();
    let mut fault = text.is_empty().then_some("a pattern is not empty");
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.next().is_none() => fault = Some("a pattern cannot end with `\\`"),
            '[' if !letters.any(|letter| letter == ']') => fault = Some("`[` is not closed"),
            _ => {}
        }
    }
    if let Some(fault) = fault {
        errors.on(pattern, fault);
    }
}

fn is_requirement(text: &str) -> bool {
    text.split(',').map(str::trim).all(|comparison| {
        let version = comparison.trim_start_matches(['<', '>', '=']);
        let operator = comparison.strip_suffix(version).unwrap_or_default();
        ["<", "<=", ">", ">=", "="].contains(&operator) && is_version(version.trim_start())
    })
}

fn fault_of_name(name: &str) -> Option<String> {
    if name.starts_with('/') {
        Some(format!("a program is named, not located: use `path = \"{name}\"` to pin the file"))
    } else if name.contains('/') {
        let last = name.rsplit('/').next().unwrap_or_default();
        Some(format!(
            "a program is named, not located: write `name = \"{last}\"`, and pin the file by its absolute `path`"
        ))
    } else if is_word(name) {
        None
    } else {
        Some(NAME_RULE.into())
    }
}

fn is_word(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('-')
        && !matches!(name, "." | "..")
        && !name.contains(|letter: char| letter.is_whitespace() || matches!(letter, '\0' | '\\'))
}

const NAME_RULE: &str = "a program name is one word: no whitespace, no NUL, no leading `-`, not empty";

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(declaration: &str, expected: &[&str]) {
        let input = syn::parse_str(declaration).unwrap();
        assert_eq!(program(crate::parse::program(&input)).head.errors.texts(), expected);
    }

    #[test]
    fn a_name_is_one_word_and_no_path() {
        check("#[program(name = \"g++\")] struct A;", &[]);
        check("#[program(name = \"rm -rf\")] struct A;", &[NAME_RULE]);
        check("#[program(name = \"\")] struct A;", &[NAME_RULE]);
        check(
            "#[program(name = \"/usr/bin/git\")] struct A;",
            &["a program is named, not located: use `path = \"/usr/bin/git\"` to pin the file"],
        );
    }

    #[test]
    fn the_name_is_the_type_in_kebab_case_by_default() {
        let input = syn::parse_str("struct GitLfs;").unwrap();
        assert_eq!(program(crate::parse::program(&input)).name, "git-lfs");
    }

    #[test]
    fn a_program_is_a_unit_struct() {
        check("struct Git { a: u8 }", &["a program is a unit struct: `pub struct Git;`"]);
        check("enum Git { A }", &["a program is a unit struct: `pub struct Git;`"]);
    }

    #[test]
    fn versions_variables_and_patterns_are_checked() {
        check("#[program(version = \">=2.30, <3\")] struct A;", &[]);
        check(
            "#[program(version = \"new\")] struct A;",
            &["a version requirement is comparisons joined by commas: `>=2.30, <3`"],
        );
        check(
            "#[program(env(inherit = [\"GIT_*\", \"*\"], set(\"A\" = \"b\"), deny(\"LD_*\")))] struct A;",
            &[],
        );
        check(
            "#[program(env(set(\"A=\" = \"b\"), deny(\"*x\")))] struct A;",
            &[
                "the name of a variable is not empty and contains neither `=` nor NUL",
                "a pattern is the name of a variable, with `*` at its end at most",
            ],
        );
        check("#[program(noise(\"warning: [0-9\"))] struct A;", &["`[` is not closed"]);
    }

    #[test]
    fn a_pinned_file_is_not_searched() {
        check(
            "#[program(path = \"/usr/bin/git\", search = trusted)] struct A;",
            &["`path` pins the file, so there is nothing to search: remove `search` or `path`"],
        );
        for path in ["git", "/usr/bin/"] {
            let declaration = format!("#[program(path = {path:?})] struct A;");
            check(&declaration, &["`path` pins one absolute file: `/usr/bin/git`"]);
        }
    }
}
