//! What no process can be given: NUL bytes, nameless variables, words that are too long.

use std::ffi::{OsStr, OsString};
use std::fmt;

use crate::spec::Environment;

/// The longest word of a command line on Linux, its NUL included (execve(2): `MAX_ARG_STRLEN`, 32
/// pages of 4 KiB).
pub(super) const LONGEST_WORD: usize = 32 * 4096;

/// A word that cannot be given to a process, by its place after the program's name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ArgFault {
    Nul(usize),
    TooLong { place: usize, bytes: usize },
}

impl fmt::Display for ArgFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nul(place) => write!(f, "word {} holds a NUL byte", place + 1),
            Self::TooLong { place, bytes } => {
                write!(f, "word {} has {bytes} bytes; the kernel takes {}", place + 1, LONGEST_WORD - 1)
            }
        }
    }
}

pub(super) fn args(args: &[OsString]) -> Result<(), ArgFault> {
    for (place, word) in args.iter().enumerate() {
        if no_nul(word).is_err() {
            return Err(ArgFault::Nul(place));
        }
        if word.len() >= LONGEST_WORD {
            return Err(ArgFault::TooLong { place, bytes: word.len() });
        }
    }
    Ok(())
}

pub(super) fn environment(environment: &Environment) -> Result<(), String> {
    for (name, value) in environment.changes() {
        let shown = name.to_string_lossy();
        if name.is_empty() {
            return Err("a variable has no name".to_owned());
        }
        if name.as_encoded_bytes().contains(&b'=') {
            return Err(format!("the variable's name {shown:?} holds a `=`"));
        }
        if no_nul(name).is_err() {
            return Err(format!("the variable's name {shown:?} holds a NUL byte"));
        }
        let length = name.len() + value.map_or(0, OsStr::len) + 1;
        if length >= LONGEST_WORD {
            return Err(format!(
                "the variable {shown} has {length} bytes; the kernel takes {}",
                LONGEST_WORD - 1
            ));
        }
        // The value may be a secret: only its name is shown.
        if value.is_some_and(|value| no_nul(value).is_err()) {
            return Err(format!("the value of {shown} holds a NUL byte"));
        }
    }
    Ok(())
}

pub(super) fn no_nul(word: &OsStr) -> Result<(), ()> {
    if memchr::memchr(0, word.as_encoded_bytes()).is_none() { Ok(()) } else { Err(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_longest_length_is_taken_and_one_more_byte_is_not() {
        assert_eq!(args(&["x".repeat(LONGEST_WORD - 1).into()]), Ok(()));
        let fault = args(&["a".into(), "x".repeat(LONGEST_WORD).into()]).unwrap_err();
        assert_eq!(fault.to_string(), "word 2 has 131072 bytes; the kernel takes 131071");
    }

    #[test]
    fn a_variable_is_as_long_as_a_word_with_its_name_and_its_sign() {
        let with = |bytes: usize| {
            let mut changes = Environment::new();
            changes.set("AB", "x".repeat(bytes));
            super::environment(&changes)
        };
        assert_eq!(with(LONGEST_WORD - 4), Ok(()));
        assert_eq!(
            with(LONGEST_WORD - 3).unwrap_err(),
            "the variable AB has 131072 bytes; the kernel takes 131071"
        );
    }

    #[test]
    fn a_nul_byte_is_found_in_words_names_and_values() {
        assert_eq!(args(&["a\0".into()]), Err(ArgFault::Nul(0)));
        let mut changes = Environment::new();
        changes.set("TOKEN", "hush\0");
        let fault = super::environment(&changes).unwrap_err();
        assert_eq!(fault, "the value of TOKEN holds a NUL byte");
    }

    #[test]
    fn a_variable_needs_a_name_without_an_equals_sign() {
        for name in ["", "A=B"] {
            let mut changes = Environment::new();
            changes.set(name, "x");
            assert!(super::environment(&changes).is_err(), "{name:?}");
        }
    }
}
