//! Names of users on another host.

use std::ffi::OsString;

use super::fault::{Fault, all_digits, at, clean, first_fault, has, refuse, refuse_option};
use super::text::checked_text;

/// The name of a user on another host.
///
/// It has 1 to 32 ASCII letters, digits, `_`, `.` and `-`, begins with none of the last two, does not
/// end with `.`, holds no `..`, and is not a number, which would be a user id.
///
/// ```
/// use cuprum_builders::args::UserName;
///
/// assert!(UserName::new("deploy").is_ok());
/// assert!(UserName::new("-oProxyCommand=x").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserName {
    text: String,
}

checked_text!(UserName, "a user name", fault);

/// The name, as it is.
impl cuprum::ArgValue for UserName {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

/// Finds what keeps a text from being a user name.
pub(super) const fn fault(text: &[u8]) -> Option<Fault> {
    first_fault![clean(text, 32), word(text), refuse(all_digits(text), "a number would be a user id", 0),]
}

/// Checks a word of ASCII letters, digits, `_`, `.` and `-`, as the names of users and remotes are.
pub(super) const fn word(text: &[u8]) -> Option<Fault> {
    first_fault![
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        refuse(at(text, 0) == b'.', "it begins with `.`", 0),
        letters(text),
        refuse(at(text, text.len() - 1) == b'.', "it ends with `.`", text.len() - 1),
    ]
}

const fn letters(text: &[u8]) -> Option<Fault> {
    let mut i = 0;
    while i < text.len() {
        let byte = at(text, i);
        if !byte.is_ascii_alphanumeric() && byte != b'_' && byte != b'.' && byte != b'-' {
            return refuse(true, "not a letter, a digit, `_`, `.` or `-`", i);
        }
        if has(text, i, b"..") {
            return refuse(true, "`..`", i);
        }
        i += 1;
    }
    None
}
