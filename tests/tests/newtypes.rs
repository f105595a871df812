//! The argument types against a list of texts, against random texts, and against git itself.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop at once")]

use std::ffi::OsStr;
use std::fmt::Debug;
use std::hash::Hash;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Command;
use std::str::FromStr;

use cuprum::spec::Operand;
use cuprum_builders::args::*;
use proptest::prelude::*;
use serde_json::Value;

/// What a type says about a text: its argv form and its text, or the message of the error.
struct Answer {
    argv: Vec<u8>,
    display: String,
}

/// Everything that the types have in common, by their traits.
fn ask<T>(text: &[u8]) -> Result<Answer, ArgError>
where
    T: Operand + Debug + ToString + Clone + Hash + Ord,
    T: serde::Serialize + serde::de::DeserializeOwned,
    T: FromStr<Err = ArgError>
        + TryFrom<String, Error = ArgError>
        + for<'a> TryFrom<&'a str, Error = ArgError>,
    for<'a> &'a OsStr: Into<New<T>>,
{
    let made: New<T> = OsStr::from_bytes(text).into();
    if let Ok(text) = std::str::from_utf8(text) {
        assert_eq!(made.0, text.parse());
        assert_eq!(made.0, T::try_from(text));
        assert_eq!(made.0, T::try_from(text.to_owned()));
        let read = serde_json::from_value::<T>(Value::from(text));
        assert_eq!(
            read.map_err(|error| error.to_string()),
            made.0.clone().map_err(|error| error.to_string())
        );
    }
    let value = made.0?;
    assert_eq!(serde_json::to_value(&value).unwrap(), Value::from(value.to_string()));
    Ok(Answer { argv: value.to_os().as_encoded_bytes().to_vec(), display: value.to_string() })
}

/// The result of `T::new`, which no trait names.
struct New<T>(Result<T, ArgError>);

macro_rules! types {
    ($($type:ident),+) => {
        $(impl From<&OsStr> for New<$type> {
            fn from(text: &OsStr) -> Self {
                Self($type::new(text))
            }
        })+

        const TYPES: &[(&str, fn(&[u8]) -> Result<Answer, ArgError>)] =
            &[$((stringify!($type), ask::<$type>)),+];
    };
}

types!(
    CommitHash,
    EnvName,
    GitRef,
    Glob,
    HostName,
    ModeChange,
    Pathspec,
    RefSpec,
    RelPath,
    RemoteName,
    RemoteUrl,
    RevisionRange,
    RsyncPath,
    RsyncRemote,
    SafePath,
    Suffix,
    Timeout,
    UserName
);

/// A text and whether a type takes it.
struct Row {
    type_name: String,
    text: Vec<u8>,
    accept: bool,
    why: String,
}

fn rows() -> Vec<Row> {
    include_str!("../cases/newtypes.jsonl").lines().map(row).collect()
}

fn row(line: &str) -> Row {
    let row: Value = serde_json::from_str(line).unwrap();
    let text = match (row["input"].as_str(), row["hex"].as_str()) {
        (Some(text), None) => text.as_bytes().to_vec(),
        (None, Some(hex)) => {
            (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..][..2], 16).unwrap()).collect()
        }
        _ => panic!("a row has either `input` or `hex`: {line}"),
    };
    let word = |key: &str| row[key].as_str().unwrap().to_owned();
    Row { type_name: word("type"), text, accept: row["accept"].as_bool().unwrap(), why: word("why") }
}

fn check_promises(answer: &Answer) {
    assert_ne!(answer.argv.first(), Some(&b'-'));
    assert!(!answer.argv.iter().any(|byte| byte.is_ascii_control()));
}

fn check_message(error: &ArgError) {
    let message = error.to_string();
    assert!(message.starts_with("not a "), "{message}");
    assert!(!message.chars().any(char::is_control), "{message:?}");
    assert!(message.len() < 250, "{message}");
    assert!(error.shown().len() <= 80, "{message}");
}

#[test]
fn every_row_is_answered_as_written() {
    let mut wrong = Vec::new();
    for Row { type_name, text, accept, why } in rows() {
        let (_, ask) = TYPES.iter().find(|(name, _)| *name == type_name).unwrap();
        let answer = ask(&text);
        if answer.is_ok() != accept {
            wrong.push(format!("{type_name} {:?} ({why})", String::from_utf8_lossy(&text)));
        }
        match answer {
            Ok(answer) => check_promises(&answer),
            Err(error) => {
                assert_eq!(error.type_name(), type_name);
                assert!(error.offset() <= text.len());
                check_message(&error);
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong answers:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_type_has_rows_of_both_kinds() {
    for (name, _) in TYPES {
        for accept in [true, false] {
            assert!(rows().iter().any(|row| row.type_name == *name && row.accept == accept), "{name}");
        }
    }
}

/// Texts made of pieces that mean something to one of the programs, so that many of them pass.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: &[&str] = &[
        "a",
        "b1",
        "main",
        "HEAD",
        "refs/",
        "/",
        "//",
        ".",
        "..",
        "...",
        "./",
        "-",
        "--",
        "~",
        "~1",
        "^",
        "^{}",
        ":",
        "::",
        "@",
        "@{",
        "*",
        "?",
        "[",
        "]",
        "\\",
        " ",
        "+",
        "!",
        "=",
        "https://",
        "ssh://",
        "http://",
        "git@",
        "h1",
        "example.org",
        ":22",
        "%41",
        "%2f",
        "%",
        ".lock",
        "0",
        "1",
        "12",
        "s",
        "ms",
        "_",
        "X",
        "\u{e9}",
        "\u{202e}",
        "\u{85}",
        "\n",
        "\0",
        "\u{7f}",
        "1.2.3.4",
        "[::1]",
        "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1",
    ];
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..8)
        .prop_map(|p| p.concat().into_bytes());
    let bytes = proptest::collection::vec(any::<u8>(), 0..24);
    prop_oneof![6 => pieces, 1 => "\\PC{0,12}".prop_map(String::into_bytes), 1 => bytes]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn a_taken_text_is_no_option_hides_nothing_and_is_taken_again(text in texts()) {
        for (_, ask) in TYPES {
            match ask(&text) {
                Ok(answer) => {
                    check_promises(&answer);
                    let again = ask(answer.display.as_bytes()).unwrap();
                    prop_assert_eq!(again.argv, answer.argv);
                    prop_assert_eq!(again.display, answer.display);
                }
                Err(error) => check_message(&error),
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "git is the oracle here, and no part of what is tested")]
fn git_takes_ref(name: &OsStr) -> bool {
    let output = Command::new("git").args(["check-ref-format", "--allow-onelevel"]).arg(name).output();
    output.unwrap().status.success()
}

#[test]
fn git_takes_every_ref_that_we_take() {
    let mut taken = 0;
    for Row { text, .. } in rows().into_iter().filter(|row| row.text.len() < 5000) {
        let name = OsStr::from_bytes(&text);
        if GitRef::new(name).is_ok() {
            assert!(git_takes_ref(name), "{name:?}");
            taken += 1;
        }
    }
    assert!(taken > 100, "only {taken} rows were compared");
}

#[test]
fn git_takes_every_short_ref_that_we_take() {
    let alphabet = b"a.-/@{*~:+ ]\\l";
    let mut refused_by_us_only = Vec::new();
    for length in 1..=3_u32 {
        for number in 0..alphabet.len().pow(length) {
            let byte = |place| alphabet[number / alphabet.len().pow(place) % alphabet.len()];
            let text: Vec<u8> = (0..length).map(byte).collect();
            let name = OsStr::from_bytes(&text);
            let ours = GitRef::new(name);
            // Git is asked only where it could contradict: it takes an empty option for none.
            if ours.is_ok() {
                assert!(git_takes_ref(name), "{name:?}");
            } else if length < 3 && git_takes_ref(name) {
                refused_by_us_only.push(String::from_utf8(text).unwrap());
            }
        }
    }
    refused_by_us_only.retain(|name| !name.starts_with(['+', '-']));
    assert!(refused_by_us_only.is_empty(), "{refused_by_us_only:?}");
}
