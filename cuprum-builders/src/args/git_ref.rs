//! Names of branches, tags and other refs.

use std::ffi::OsString;

use super::ArgErrorKind;
use super::fault::{
    Fault, at, clean, ends_with_any_case, equal, first_fault, looks_like_hash, part, refuse, refuse_option,
};
use super::text::checked_text;

/// The name of a git ref: a branch, a tag, `HEAD`, or a full name such as `refs/tags/v1.0`.
///
/// Refused is everything that `git check-ref-format --allow-onelevel` refuses, and also: a component
/// that begins with `-`, a name that begins with `+`, `.LOCK` in any case, white space of any kind,
/// controls of writing direction, an object id (that is a [`CommitHash`](super::CommitHash)), a
/// component of more than 250 bytes, and a name of more than 1024.
///
/// ```
/// use cuprum_builders::args::GitRef;
///
/// assert_eq!(GitRef::new("feature/x")?.as_str(), "feature/x");
/// let error = GitRef::new("main/-x").unwrap_err();
/// assert_eq!(error.to_string(), "not a git ref: a component begins with `-` at byte 5: \"main/-x\"");
/// # Ok::<(), cuprum_builders::args::ArgError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GitRef {
    text: String,
}

checked_text!(GitRef, "a git ref", fault);

/// The name, as it is.
impl cuprum::ArgValue for GitRef {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

/// Finds what keeps a text from being the name of a ref.
pub(super) const fn fault(text: &[u8]) -> Option<Fault> {
    first_fault![
        name(text, 0),
        refuse(looks_like_hash(text), "it has the form of an object id, which is a `CommitHash`", 0),
    ]
}

/// Finds what keeps a text from being the name of a ref in which `stars` bytes may be `*`.
pub(super) const fn name(text: &[u8], stars: usize) -> Option<Fault> {
    first_fault![
        clean(text, 1024),
        refuse(at(text, 0) == b'+', "it begins with `+`, which forces an update", 0),
        refuse(equal(text, b"@"), "`@` alone stands for HEAD", 0),
        components(text),
        characters(text, stars),
        refuse(at(text, text.len() - 1) == b'.', "it ends with `.`", text.len() - 1),
    ]
}

const fn components(text: &[u8]) -> Option<Fault> {
    let mut start = 0;
    let mut i = 0;
    while i <= text.len() {
        if i == text.len() || at(text, i) == b'/' {
            if let Some(fault) = component(part(text, start, i), start) {
                return Some(fault);
            }
            start = i + 1;
        }
        i += 1;
    }
    None
}

const fn component(text: &[u8], start: usize) -> Option<Fault> {
    if text.len() > 250 {
        return Some(Fault::new(ArgErrorKind::TooLong, "a component is too long", start + 250));
    }
    first_fault![
        refuse(text.is_empty(), "a component is empty", start),
        refuse_option(at(text, 0) == b'-', "a component begins with `-`", start),
        refuse(at(text, 0) == b'.', "a component begins with `.`", start),
        refuse(ends_with_any_case(text, b".lock"), "a component ends with `.lock`", start),
    ]
}

const fn characters(text: &[u8], stars: usize) -> Option<Fault> {
    let mut stars = stars;
    let mut i = 0;
    while i < text.len() {
        let rule = match (at(text, i), at(text, i + 1), at(text, i + 2)) {
            (b'.', b'.', _) => "`..` separates two refs",
            (b'@', b'{', _) => "`@{` asks for an older value",
            (b'*', _, _) if stars > 0 => {
                stars -= 1;
                ""
            }
            (b'~' | b'^' | b':' | b'?' | b'*' | b'[' | b'\\', _, _) => "a character with a meaning to git",
            (first, second, third) if white(first, second, third) => "white space",
            _ => "",
        };
        if !rule.is_empty() {
            return refuse(true, rule, i);
        }
        i += 1;
    }
    None
}

/// Whether these bytes of UTF-8 begin with a white-space character that is no control character:
/// U+0020, U+00A0, U+1680, U+2000..200A, U+202F, U+205F, U+3000.
const fn white(first: u8, second: u8, third: u8) -> bool {
    matches!(
        (first, second, third),
        (b' ', _, _)
            | (0xc2, 0xa0, _)
            | (0xe1, 0x9a, 0x80)
            | (0xe2, 0x80, 0x80..=0x8a | 0xaf)
            | (0xe2, 0x81, 0x9f)
            | (0xe3, 0x80, 0x80)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_may_hold_as_many_stars_as_it_is_given() {
        assert_eq!(name(b"refs/heads/*", 1), None);
        assert!(name(b"refs/*/*", 1).is_some());
    }
}
