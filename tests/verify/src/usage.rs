//! Reads options out of what tools print when they are asked for help.

use crate::option::{Opt, Value, add};

/// Reads the usage of git's parser: lines such as `    -q, --[no-]quiet      be quiet`.
pub(crate) fn git(text: &str) -> Vec<Opt> {
    let mut options = Vec::new();
    for line in text.lines() {
        let Some(line) = line.strip_prefix("    ").filter(|line| line.starts_with('-')) else { continue };
        // Some lines of `rev-list -h` have two options.
        for term in term(line).split(" | ") {
            if let Some(option) = terms(term) {
                add(&mut options, option);
            }
        }
    }
    options
}

/// Reads `--help` of GNU tar and of rsync: lines such as `  -g, --listed=FILE   text`.
pub(crate) fn gnu(text: &str) -> Vec<Opt> {
    let mut options = Vec::new();
    for line in text.lines() {
        let line = line.trim_start();
        if line.starts_with('-')
            && let Some(option) = terms(term(line))
        {
            add(&mut options, option);
        }
    }
    options
}

/// Reads the options in a line of usage: `[--quiet] [-b <branch>] (--all | --files)`.
pub(crate) fn brackets(text: &str) -> Vec<Opt> {
    let mut options = Vec::new();
    // A bracket that closes is kept: what follows it is no value.
    let text = text.replace(']', " ] ").replace(')', " ) ");
    let chunks: Vec<&str> = text.split([' ', '[', '(']).filter(|chunk| !chunk.is_empty()).collect();
    for (i, chunk) in chunks.iter().enumerate().filter(|(_, chunk)| chunk.len() > 1 && chunk.starts_with('-'))
    {
        let follows = chunks.get(i + 1).is_some_and(|next| next.starts_with('<'));
        let mut before: Option<Opt> = None;
        let words: Vec<&str> =
            chunk.split('|').filter(|word| word.starts_with('-') && *word != "--").collect();
        for (n, word) in words.iter().enumerate().filter(|(_, word)| **word != "--no-") {
            // A value belongs to the last word, or to all that are names of one option.
            let last = n + 1 == words.len() || !word.starts_with("--");
            let value = word.contains('=') || (follows && last);
            let mut option = Opt::new(if value { Value::Required } else { Value::None });
            option.names.push(name(word));
            match before.take() {
                // `-N|--no-fetch` is one option, `--merge|--rebase` are two.
                Some(mut short) if short.names.iter().all(|name| name.starts_with('-')) => {
                    short.names.splice(0..0, option.names);
                    before = Some(short);
                }
                Some(other) => {
                    add(&mut options, other);
                    before = Some(option);
                }
                None => before = Some(option),
            }
        }
        before.into_iter().for_each(|option| add(&mut options, option));
    }
    // `--[no-]single-branch` falls apart at its brackets.
    for rest in text.split("--[no- ] ").skip(1) {
        let mut option = Opt::new(Value::None);
        option
            .names
            .push(rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '-').collect());
        option.negatable = true;
        add(&mut options, option);
    }
    options
}

/// Cuts off the text behind an option: what follows two spaces.
fn term(line: &str) -> &str {
    line.split("  ").next().unwrap_or(line).trim_end()
}

/// Reads `-b, --[no-]branch <name>`.
fn terms(term: &str) -> Option<Opt> {
    let mut option = Opt::new(Value::None);
    let mut rest = term;
    while let Some(word) = rest.strip_prefix('-') {
        let long = word.strip_prefix('-');
        let word = long.unwrap_or(word);
        let (negatable, word) = match word.strip_prefix("[no-]") {
            Some(word) => (true, word),
            None => (false, word),
        };
        let end = word.find(|letter: char| !letter.is_alphanumeric() && letter != '-').unwrap_or(word.len());
        // Short options are one letter, with their value at once: `-M[<n>]`, `-NUM`.
        let end = if long.is_some() { end } else { word.chars().next().map_or(0, char::len_utf8) };
        let (name, after) = word.split_at(end);
        if name.is_empty() || name == "NUM" || term == "-NUM" {
            return None;
        }
        option.names.push(if long.is_some() { name.to_owned() } else { format!("-{name}") });
        option.negatable |= negatable;
        match after.strip_prefix(", ") {
            Some(next) if next.starts_with('-') => rest = next,
            _ => {
                option.value = value(after);
                break;
            }
        }
    }
    option.names.sort_by_key(|name| name.starts_with('-'));
    Some(option).filter(|option| !option.names.is_empty())
}

/// Reads what follows a name.
fn value(after: &str) -> Value {
    match after.as_bytes() {
        [b'[', ..] => Value::Optional,
        [b'=', b'[', ..] => Value::Required,
        [b'=', ..] => Value::Required,
        // A text that begins at once belongs to an option whose names fill the column.
        [b' ', b'<' | b'(' | b'[', ..] => Value::Required,
        _ if after.split_whitespace().next().is_some_and(|word| word.contains('|')) => Value::Required,
        _ => Value::None,
    }
}

fn name(word: &str) -> String {
    let word = word.split('=').next().unwrap_or(word);
    word.strip_prefix("--").unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{brackets, git, gnu};
    use crate::option::Value;

    #[track_caller]
    fn check(found: &[crate::option::Opt], expected: &[(&[&str], Value, bool)]) {
        let found: Vec<_> = found
            .iter()
            .map(|o| (o.names.iter().map(String::as_str).collect(), o.value, o.negatable))
            .collect();
        let expected: Vec<(Vec<&str>, Value, bool)> =
            expected.iter().map(|(names, value, negatable)| (names.to_vec(), *value, *negatable)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_usage_of_git_is_read() {
        let text = "usage: git x\n    -q, --[no-]quiet      be quiet\n    -b, --[no-]branch <name>\n                          text\n    \
            --shared[=<p>]\n    -M[<n>]   find\n    -n, --no-checkout     none\n    --checkout   opposite of --no-checkout\n    \
            --[no-]chmod (+|-)x   bit\n    --[no-]ignore-missing check if it is\n    -NUM      shortcut\n    --abbrev=<n> | --no-abbrev\n    --objects | --objects-edge\n";
        check(
            &git(text),
            &[
                (&["quiet", "-q"], Value::None, true),
                (&["branch", "-b"], Value::Required, true),
                (&["shared"], Value::Optional, false),
                (&["-M"], Value::Optional, false),
                (&["no-checkout", "-n", "checkout"], Value::None, false),
                (&["chmod"], Value::Required, true),
                (&["ignore-missing"], Value::None, true),
                (&["abbrev"], Value::Required, false),
                (&["no-abbrev"], Value::None, false),
                (&["objects"], Value::None, false),
                (&["objects-edge"], Value::None, false),
            ],
        );
    }

    #[test]
    fn the_help_of_gnu_tools_is_read() {
        let text = "Usage: tar\n  -A, --catenate, --concatenate   append\n      --delete   del\n  -g, --listed=FILE   x\n      \
            --occurrence[=NUMBER]  p\n--verbose, -v   increase\n--info=FLAGS  fine\n";
        check(
            &gnu(text),
            &[
                (&["catenate", "concatenate", "-A"], Value::None, false),
                (&["delete"], Value::None, false),
                (&["listed", "-g"], Value::Required, false),
                (&["occurrence"], Value::Optional, false),
                (&["verbose", "-v"], Value::None, false),
                (&["info"], Value::Required, false),
            ],
        );
    }

    #[test]
    fn a_line_of_usage_is_read() {
        let text = "git submodule update [--init [--filter=<f>]] [-N|--no-fetch] [--[no-]single-branch] [--reference <r>] [--] [<p>...]";
        check(
            &brackets(text),
            &[
                (&["init"], Value::None, false),
                (&["filter"], Value::Required, false),
                (&["no-fetch", "-N"], Value::None, false),
                (&["reference"], Value::Required, false),
                (&["single-branch"], Value::None, true),
            ],
        );
    }
}
