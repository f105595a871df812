//! Patterns that names of refs are compared with.

use std::ffi::OsString;

use super::fault::{Fault, at, clean, first_fault, has, refuse, refuse_option};
use super::text::checked_text;

/// A pattern for the names of refs: `v1.*`, `refs/heads/team/`.
///
/// `*`, `?` and `[…]` are wildcards of git; a full name also stands for what is below it. The pattern
/// does not begin with `-`, `^`, `!` or `/`, has no white space, no `..`, no `@{`, and none of
/// `~ ^ : \`, which no name of a ref has. It has at most 1024 bytes.
///
/// ```
/// use cuprum_builders::args::RefPattern;
///
/// assert!(RefPattern::new("refs/tags/v*").is_ok());
/// assert!(RefPattern::new("--all").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RefPattern {
    text: String,
}

checked_text!(RefPattern, "a pattern for refs", fault);

/// The pattern, as it is.
impl cuprum::ArgValue for RefPattern {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

const fn fault(text: &[u8]) -> Option<Fault> {
    first_fault![
        clean(text, 1024),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        refuse(matches!(at(text, 0), b'^' | b'!' | b'/'), "it begins with `^`, `!` or `/`", 0),
        characters(text),
    ]
}

const fn characters(text: &[u8]) -> Option<Fault> {
    let mut i = 0;
    while i < text.len() {
        let rule = match at(text, i) {
            b'~' | b'^' | b':' | b'\\' => "a character with a meaning to git",
            b' ' => "a space",
            b'.' if has(text, i, b"..") => "`..` separates two refs",
            b'@' if has(text, i, b"@{") => "`@{` asks for an older value",
            _ => "",
        };
        if !rule.is_empty() {
            return refuse(true, rule, i);
        }
        i += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_taken_and_revision_syntax_is_not() {
        for text in ["*", "refs/heads/*", "v[0-9]?.*", "refs/tags/", "origin/main"] {
            assert_eq!(fault(text.as_bytes()), None, "{text}");
        }
        for text in ["", "-x", "--all", "^a", "!a", "/a", "a b", "a..b", "a@{u}", "a:b", "a~1", "a\\b", "a\n"]
        {
            assert!(fault(text.as_bytes()).is_some(), "{text}");
        }
    }
}
