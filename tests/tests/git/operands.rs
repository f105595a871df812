//! No operand of any git command can become an option, another transport, or two arguments.
//!
//! The operands are found in the source of the builders; each has a type, and each type is tried with
//! every payload. A value that a type takes must be harmless wherever it is written.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use cuprum::ArgValue;
use cuprum_builders::args::*;
use cuprum_builders::git;

/// Tries to make a value of an operand type of a text; returns what is written.
type Make = fn(&OsStr) -> Option<OsString>;

macro_rules! made {
    ($($type:ident),+) => {
        &[$((stringify!($type), |text| $type::new(text).ok().map(|value| value.to_os()))),+]
    };
}

/// The types that operands have, but for numbers and choices of words.
const TYPES: &[(&str, Make)] = made!(
    CommitHash,
    ConfigKey,
    GitRef,
    Identity,
    ObjectName,
    Pathspec,
    PlainConfigKey,
    RefPattern,
    RefSpec,
    RemoteName,
    RemoteUrl,
    Revision,
    RevisionRange,
    SafePath
);

/// Types with a constructor of another form, and those that hold one of the above.
const OTHERS: &[(&str, Make)] = &[
    ("BisectTerm", |text| git::BisectTerm::new(text.to_str()?).ok().map(|term| term.to_os())),
    ("ConfigValue", |text| git::ConfigValue::new(text.to_str()?).ok().map(|value| value.to_os())),
    ("Remote", |text| {
        let name = RemoteName::new(text).ok().map(|name| git::Remote::Name(name).to_os());
        name.or_else(|| RemoteUrl::new(text).ok().map(|url| git::Remote::Url(url).to_os()))
    }),
    ("ReflogPlace", |text| GitRef::new(text).ok().map(|name| git::ReflogPlace::new(name, 1).to_os())),
    ("ShellCommand", |text| Some(git::unchecked::ShellCommand::new(text.to_str()?).to_os())),
];

/// Types whose values are chosen, not made of a text.
///
/// The words of a program that `git bisect` runs are that program's: git takes what follows `run` as it is.
const CLOSED: &[&str] = &["ObjectKind", "OsString", "u32"];

fn payloads() -> Vec<OsString> {
    let mut payloads: Vec<OsString> = [
        "-x",
        "--upload-pack=touch x",
        "--all",
        "-",
        "--",
        "a:b",
        "ext::sh -c touch% x",
        "fd::7",
        "evil::x",
        "evil://x/y",
        "+a",
        "^a",
        ":/a",
        ":(exclude)a",
        "@{-1}",
        "a..--x",
        "a\0b",
        "a\n--x",
        "\u{202e}txt",
        "a\u{2066}b",
        "\u{7f}",
        "",
    ]
    .map(Into::into)
    .to_vec();
    payloads.push("a".repeat(100_000).into());
    payloads.push(OsStr::from_bytes(b"a\xff").to_owned());
    payloads
}

#[test]
fn no_operand_is_anything_but_data() {
    for (name, make) in TYPES.iter().chain(OTHERS) {
        for payload in payloads() {
            let Some(word) = make(&payload) else { continue };
            let bytes = word.as_bytes();
            let shown = payload.to_string_lossy();
            assert!(!bytes.starts_with(b"-"), "{name} takes {shown:?} as {word:?}: an option");
            // The type of what is unchecked takes a NUL; every command refuses one when it is written.
            assert!(!bytes.contains(&0) || *name == "ShellCommand", "{name} takes {shown:?}: two words");
            if !matches!(*name, "ConfigValue" | "ShellCommand") {
                assert!(bytes.len() < 6_000, "{name} takes 100 kB");
                assert!(
                    !bytes.iter().any(u8::is_ascii_control),
                    "{name} takes {shown:?}: it hides something"
                );
                assert!(
                    !shown.contains(['\u{202e}', '\u{2066}']),
                    "{name} takes {shown:?}: it is read otherwise"
                );
                // A path is one where it is anchored, or stands behind `--`.
                let path = bytes.starts_with(b"./") || bytes.starts_with(b"/") || *name == "Pathspec";
                let transport = bytes.windows(2).any(|pair| pair == b"::");
                assert!(path || !transport, "{name} takes {shown:?}: a transport");
            }
        }
    }
}

#[test]
fn every_operand_has_a_type_that_is_tried() {
    let known: BTreeSet<&str> =
        TYPES.iter().chain(OTHERS).map(|(name, _)| *name).chain(CLOSED.iter().copied()).collect();
    let mut slots = 0;
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../cuprum-builders/src/git")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut is_operand = false;
        for line in text.lines().map(str::trim) {
            if line.starts_with("#[arg(") {
                is_operand = line.starts_with("#[arg(positional") || line.starts_with("#[arg(last");
            } else if let Some(field) = line.strip_prefix("pub ").filter(|_| is_operand) {
                let (_, kind) = field.split_once(": ").unwrap();
                let kind = kind.trim_end_matches(',').trim_end_matches('>');
                let kind = kind.rsplit('<').next().unwrap();
                assert!(known.contains(kind), "{}: `{field}` has a type that is not tried", file.display());
                slots += 1;
                is_operand = false;
            }
        }
    }
    assert!(slots > 150, "only {slots} operands were found: this test does not read the source any more");
}

#[test]
fn every_command_is_in_the_list_of_commands() {
    let listed = git::commands().count();
    let mut written = 0;
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../cuprum-builders/src/git")) {
        written += std::fs::read_to_string(&file).unwrap().matches("program = Git,").count();
    }
    assert_eq!(listed, written);
}

#[test]
fn operands_that_a_child_gets_without_a_separator_cannot_be_options() {
    for spec in git::commands() {
        let separator = spec.separator_in(spec.program().unwrap());
        // The types were tried above; this is the list of commands for which they are the only protection.
        let bare = ["bisect", "blame", "cat-file", "sparse-checkout", "submodule", "worktree"];
        assert!(separator.is_some() || bare.contains(&spec.subcommand()[0]), "{:?}", spec.subcommand());
    }
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension() == Some(OsStr::new("rs")) {
            found.push(path);
        }
    }
    found
}
