//! Rules about single files: first lines, line ends, the top folder, the README.

use super::Breach;
use super::tree::Tree;

/// Files without which the workspace is not complete. The configuration of tools lies in dotfiles.
const REQUIRED: &[&str] = &[
    ".cargo/config.toml",
    ".ci/run",
    ".clippy.toml",
    ".deny.toml",
    ".editorconfig",
    ".gitignore",
    ".rustfmt.toml",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
];

/// Folders at the top.
const FOLDERS: &[&str] =
    &["cuprum-builders", "cuprum-cli", "cuprum-core", "cuprum-macros", "docs", "tests", "xtask"];

/// The commands that set everything up on a new machine.
const COMMANDS: &[&str] = &["cargo xtask demo", "cargo xtask test"];

/// Finds Rust files that do not begin with a `//!` line.
pub(super) fn first_lines(tree: &Tree) -> Vec<Breach> {
    tree.written()
        .filter(|(path, text)| path.ends_with(".rs") && !text.starts_with("//! "))
        .map(|(path, _)| {
            Breach::at(path, 1, "the first line is no `//!` line that says what the file is for")
        })
        .collect()
}

/// Finds blanks at the ends of lines, and last lines without an end.
pub(super) fn line_ends(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (path, text) in tree.written() {
        for (number, line) in (1..).zip(text.split('\n')) {
            if line.ends_with(char::is_whitespace) {
                breaches.push(Breach::at(path, number, "the line ends with a blank"));
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            breaches.push(Breach::at(path, text.split('\n').count(), "the file ends without a newline"));
        }
    }
    breaches
}

/// Finds what is missing at the top, and what has no place there.
pub(super) fn top(tree: &Tree) -> Vec<Breach> {
    let missing = REQUIRED.iter().filter(|&&required| !tree.paths().any(|path| path == required));
    let mut breaches: Vec<Breach> = missing.map(|path| Breach::new(*path, "is missing")).collect();
    for path in tree.paths() {
        let known = match path.split_once('/') {
            _ if path.starts_with('.') => true,
            Some((folder, _)) => FOLDERS.contains(&folder),
            None => REQUIRED.contains(&path),
        };
        if !known {
            breaches.push(Breach::new(path, "has no place at the top; configuration goes to a dotfile"));
        }
    }
    breaches
}

/// Finds commands that the README does not name.
pub(super) fn readme(tree: &Tree) -> Vec<Breach> {
    let text = tree.text("README.md").unwrap_or("");
    let missing = COMMANDS.iter().filter(|&&command| !text.contains(command));
    missing.map(|command| Breach::new("README.md", format!("does not name `{command}`"))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Breach, REQUIRED, Tree, first_lines, line_ends, readme, top};

    #[track_caller]
    fn check(rule: fn(&Tree) -> Vec<Breach>, files: &[(&str, &str)], expected: &[&str]) {
        let found = rule(&Tree::of(files));
        let found: Vec<String> =
            found.into_iter().map(|Breach { place, why }| format!("{place}: {why}")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_rust_file_without_a_first_line_is_a_breach() {
        check(
            first_lines,
            &[
                ("a/src/good.rs", "//! Says it.\n"),
                ("a/src/bad.rs", "use std::fmt;\n"),
                ("a/src/empty.rs", ""),
                ("tests/tests/ui/fixture.rs", "fn main() {}\n"),
                ("README.md", "# Text\n"),
            ],
            &[
                "a/src/bad.rs:1: the first line is no `//!` line that says what the file is for",
                "a/src/empty.rs:1: the first line is no `//!` line that says what the file is for",
            ],
        );
    }

    #[test]
    fn blanks_at_line_ends_are_breaches() {
        check(
            line_ends,
            &[
                ("a.md", "one\ntwo \nthree\t\nfour\r\n"),
                ("b.md", "one\n\ntwo"),
                ("good.md", "one\n\ntwo\n"),
                ("empty", ""),
                ("tests/cases/status.z", "kept \n"),
            ],
            &[
                "a.md:2: the line ends with a blank",
                "a.md:3: the line ends with a blank",
                "a.md:4: the line ends with a blank",
                "b.md:3: the file ends without a newline",
            ],
        );
    }

    #[test]
    fn a_missing_or_strange_file_at_the_top_is_a_breach() {
        let mut files: Vec<(&str, &str)> = REQUIRED.iter().map(|&path| (path, "")).collect();
        check(top, &files, &[]);
        files.retain(|(path, _)| *path != ".deny.toml");
        files.extend([("deny.toml", ""), ("scripts/go.py", ""), ("docs/guide.md", ""), (".mailmap", "")]);
        check(
            top,
            &files,
            &[
                ".deny.toml: is missing",
                "deny.toml: has no place at the top; configuration goes to a dotfile",
                "scripts/go.py: has no place at the top; configuration goes to a dotfile",
            ],
        );
    }

    #[test]
    fn a_readme_without_the_commands_is_a_breach() {
        check(
            readme,
            &[("README.md", "Run `cargo xtask demo`.")],
            &["README.md: does not name `cargo xtask test`"],
        );
        check(
            readme,
            &[],
            &["README.md: does not name `cargo xtask demo`", "README.md: does not name `cargo xtask test`"],
        );
    }
}
