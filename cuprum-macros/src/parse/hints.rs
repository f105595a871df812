//! What stands in place of a key that another attribute has, or that other libraries call by that name.

/// Answers: the keys, and what is said about each of them.
pub(super) type Hints = &'static [(&'static [&'static str], &'static str)];

/// Returns what is said about an unknown key, if it is one that people expect.
pub(super) fn find(hints: Hints, key: &str) -> Option<&'static str> {
    hints.iter().find(|(keys, _)| keys.contains(&key)).map(|(_, answer)| *answer)
}

pub(super) const PROGRAM: Hints = &[
    (&["bin", "binary", "command", "cmd", "exe", "executable"], "use `name = \"..\"`"),
    (&["file", "location"], "use `path = \"/absolute/file\"`"),
    (&["about", "description", "help"], "write a doc comment"),
    (&["cwd", "dir", "current_dir"], "the caller says it: `.in_dir(..)`"),
    (
        &["subcommand", "fixed", "output", "parse", "rename_all", "stdin", "fn", "builder", "alias_of"],
        "it belongs to a command: `#[command(..)]`",
    ),
];

pub(super) const COMMAND: Hints = &[
    (
        &["name", "bin_name"],
        "a program has its name in `#[program(name = ..)]`, a subcommand in `subcommand = ..`",
    ),
    (
        &["path", "search", "version", "version_args", "project", "docs", "noise"],
        "it belongs to the program: `#[program(..)]`",
    ),
    (&["about", "long_about", "description", "help"], "write a doc comment"),
    (&["arg", "args"], "words that are always written are `fixed(\"-z\")`"),
    (&["success", "codes", "exit_codes", "accept"], "use `ok(0, 1)`"),
    (&["returns", "result"], "use `output = Type`"),
    (&["cwd", "dir", "current_dir"], "the caller says it: `.in_dir(..)`"),
    (&["timeout"], "the caller says it: `.timeout(..)`"),
    (
        &["long", "short", "positional", "global", "flatten", "default", "secret", "danger", "since"],
        "it belongs to a field: `#[arg(..)]`",
    ),
];

pub(super) const FIELD: Hints = &[
    (&["default_value", "default_value_t", "default_values", "default_values_t"], "use `default = ..`"),
    (&["conflicts_with", "conflicts_with_all", "exclusive"], "use `conflicts(\"other_field\")`"),
    (&["requires_all"], "use `requires(\"other_field\")`"),
    (&["index", "operand", "argument", "arg", "pos"], "use `positional`"),
    (&["trailing_var_arg", "raw", "rest"], "use `last`: behind `--` everything is an operand"),
    (&["allow", "allow_hyphen_values", "allow_negative_numbers"], "use `allow_hyphen`"),
    (&["value_delimiter", "sep"], "use `delimiter = \",\"`"),
    (&["id", "name", "rename", "value"], "use `long = \"..\"`"),
    (&["alias", "aliases", "visible_alias"], "an option is written by one name, `long = \"..\"`"),
    (&["password", "sensitive", "private"], "use `secret`"),
    (&["hide", "hidden"], "use `#[doc(hidden)]`"),
    (&["help", "long_help", "value_name"], "write a doc comment"),
    (&["num_args"], "the items of a `Vec` are counted by `min` and `max`; behind one name they are `values`"),
    (&["action", "flag", "switch", "option", "optional"], TYPE),
    (&["multiple", "repeat", "repeated", "list"], TYPE),
    (&["value_enum"], "an enum that derives `ArgValue` is a value"),
    (
        &["value_parser"],
        "a type that derives `ArgValue` is a value; `with = ..` names a function that writes one",
    ),
    (&["tier"], "use `danger = \"..\"`, which raises the tier when the field is set"),
    (&["version"], "use `since = \"..\"`"),
    (
        &["separator"],
        "it belongs to the command, `#[command(separator = ..)]`; a list is joined by `delimiter`",
    ),
    (
        &["rename_all", "program", "output", "parse", "ok", "fixed"],
        "it belongs to the command: `#[command(..)]`",
    ),
];

const TYPE: &str = "the type says it: `bool` is a flag, `Option<T>` may be left out, `Vec<T>` is repeated";

pub(super) const CHOICE: Hints = &[(&["rename_all"], "a variant has its own name: `#[arg(long = \"..\")]`")];

pub(super) const OPTION_VARIANT: Hints = &[(&["name", "rename", "value"], "use `long = \"..\"`")];

pub(super) const SUBCOMMAND: Hints =
    &[(&["rename_all"], "a variant has its own name: `#[command(name = \"..\")]`")];

pub(super) const SUBCOMMAND_VARIANT: Hints =
    &[(&["alias", "rename", "subcommand", "value"], "use `name = \"..\"`")];

pub(super) const WORDS: Hints = &[
    (&["rename_all"], "a variant has its own word: `#[arg(value = \"..\")]`"),
    (&["check", "leading_hyphen"], "it is for a struct with one field: the words of an enum are known"),
];

pub(super) const WORD_VARIANT: Hints = &[(&["name", "rename", "long", "alias"], "use `value = \"..\"`")];

#[cfg(test)]
mod tests {
    use super::super::keys::{self, Keys};

    #[test]
    fn a_key_that_is_known_needs_no_answer() {
        let all: [&Keys; 9] = [
            &keys::PROGRAM,
            &keys::COMMAND,
            &keys::FIELD,
            &keys::CHOICE,
            &keys::OPTION_VARIANT,
            &keys::SUBCOMMAND,
            &keys::SUBCOMMAND_VARIANT,
            &keys::WORDS,
            &keys::WORD_VARIANT,
        ];
        for Keys { attribute, keys, hints } in all {
            let mut seen: Vec<&str> = keys.iter().map(|(key, _)| *key).collect();
            for key in hints.iter().flat_map(|(keys, _)| *keys) {
                assert!(!seen.contains(key), "{attribute}: {key}");
                seen.push(key);
            }
        }
    }
}
