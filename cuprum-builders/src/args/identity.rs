//! A person's name and mail address, as commits hold them.

use std::ffi::OsString;

use super::fault::{Fault, at, clean, find, first_fault, refuse, refuse_option};
use super::text::checked_text;

/// A person: `Name <mail@example.org>`.
///
/// The name is not empty and does not begin with `-` or a space; neither part holds `<` or `>`. Both
/// together are at most 500 bytes.
///
/// ```
/// use cuprum_builders::args::Identity;
///
/// assert!(Identity::new("Ann <ann@example.org>").is_ok());
/// assert!(Identity::new("ann@example.org").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    text: String,
}

checked_text!(Identity, "an identity", fault);

/// The text, as it is.
impl cuprum::ArgValue for Identity {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

const fn fault(text: &[u8]) -> Option<Fault> {
    let open = find(text, 0, b'<');
    let close = find(text, 0, b'>');
    first_fault![
        clean(text, 500),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        refuse(at(text, 0) == b' ' || open == 0, "no name stands before `<`", 0),
        refuse(
            open == text.len() || at(text, open.saturating_sub(1)) != b' ',
            "no ` <` follows the name",
            open
        ),
        refuse(close + 1 != text.len() || close < open, "it does not end with its only `>`", close),
        refuse(find(text, open + 1, b'<') < text.len(), "a second `<`", open),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_an_address_are_both_there() {
        for text in ["A <a@b>", "A B <>", "\u{c9}. O'x \"y\" <a+b@c.d>"] {
            assert_eq!(fault(text.as_bytes()), None, "{text}");
        }
        for text in [
            "",
            "A",
            "A <",
            "<a@b>",
            " <a@b>",
            "A<a@b>",
            "A <a@b> ",
            "A <a> <b>",
            "-A <a>",
            "A <a\n>",
            "A> <b",
        ] {
            assert!(fault(text.as_bytes()).is_some(), "{text}");
        }
    }
}
