//! Permissions that files are given, and endings of the names of files that are kept.

use std::ffi::OsString;

use super::ArgErrorKind;
use super::fault::{Fault, at, clean, equal, find, first_fault, refuse, refuse_option};
use super::text::checked_text;

/// A change of permissions as chmod(1) takes it: `644`, `u=rwX,go=rX`, `go-w`.
///
/// It is either three octal digits, with a leading `0` or without, or changes joined by commas: any
/// of `u`, `g`, `o`, `a`, then `+`, `-` or `=`, then any of `r`, `w`, `x`, `X`. Set-user-id, set-group-id
/// and sticky bits cannot be given, and a change that begins with `-` names whom it is for.
///
/// ```
/// use cuprum_builders::args::ModeChange;
///
/// assert!(ModeChange::new("u=rwX,go=rX").is_ok());
/// assert!(ModeChange::new("4755").is_err());
/// assert!(ModeChange::new("u+s").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModeChange {
    text: String,
}

checked_text!(ModeChange, "a change of permissions", mode_fault);

/// The change, as it is.
impl cuprum::ArgValue for ModeChange {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

const fn mode_fault(text: &[u8]) -> Option<Fault> {
    first_fault![
        clean(text, 256),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        if at(text, 0).is_ascii_digit() { octal(text) } else { changes(text) },
    ]
}

const fn octal(text: &[u8]) -> Option<Fault> {
    let mut i = 0;
    while i < text.len() {
        if !matches!(at(text, i), b'0'..=b'7') {
            return refuse(true, "not an octal digit", i);
        }
        i += 1;
    }
    if text.len() == 4 && at(text, 0) != b'0' {
        let rule = "set-user-id, set-group-id and sticky bits cannot be given";
        return Some(Fault::new(ArgErrorKind::Refused, rule, 0));
    }
    refuse(text.len() < 3 || text.len() > 4, "not three octal digits", 0)
}

const fn changes(text: &[u8]) -> Option<Fault> {
    let mut start = 0;
    loop {
        let end = find(text, start, b',');
        if let Some(fault) = change(text, start, end) {
            return Some(fault);
        }
        if end == text.len() {
            return None;
        }
        start = end + 1;
    }
}

const fn change(text: &[u8], start: usize, end: usize) -> Option<Fault> {
    let mut i = start;
    while i < end && matches!(at(text, i), b'u' | b'g' | b'o' | b'a') {
        i += 1;
    }
    if i == end || !matches!(at(text, i), b'+' | b'-' | b'=') {
        return refuse(true, "neither `+`, `-` nor `=` follows", i);
    }
    while i < end {
        match at(text, i) {
            b'+' | b'-' | b'=' | b'r' | b'w' | b'x' | b'X' => i += 1,
            b's' | b't' => {
                let rule = "set-user-id, set-group-id and sticky bits cannot be given";
                return Some(Fault::new(ArgErrorKind::Refused, rule, i));
            }
            _ => return refuse(true, "not one of `r`, `w`, `x`, `X`", i),
        }
    }
    None
}

/// What is added to the name of a file that is kept: `~`, `.bak`.
///
/// It has no `/`, does not begin with `-`, is not `.` or `..`, and has at most 64 bytes.
///
/// ```
/// use cuprum_builders::args::Suffix;
///
/// assert!(Suffix::new(".bak").is_ok());
/// assert!(Suffix::new("/../x").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Suffix {
    text: String,
}

checked_text!(Suffix, "a suffix", suffix_fault);

/// The suffix, as it is; it is glued to its option.
impl cuprum::ArgValue for Suffix {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

const fn suffix_fault(text: &[u8]) -> Option<Fault> {
    let slash = find(text, 0, b'/');
    first_fault![
        clean(text, 64),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        refuse(slash < text.len(), "a `/`", slash),
        refuse(equal(text, b".") || equal(text, b".."), "it is `.` or `..`", 0),
    ]
}
