//! What is wrong with a text, and the rules that all argument types share.
//!
//! Every check is a `const fn` over bytes, so that a literal is checked by the compiler and input by
//! the very same code. A check returns the first fault it finds.

use std::str::Utf8Error;

use super::ArgErrorKind;

/// The first broken rule of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: ArgErrorKind,
    /// The rule that is broken, as a fragment that can follow "not a git ref: ".
    pub(super) rule: &'static str,
    /// The byte at which it is broken.
    pub(super) offset: usize,
}

impl Fault {
    pub(super) const fn new(kind: ArgErrorKind, rule: &'static str, offset: usize) -> Self {
        Self { kind, rule, offset }
    }

    pub(super) const fn not_utf8(error: Utf8Error) -> Self {
        Self::new(ArgErrorKind::Encoding, "the text is not UTF-8", error.valid_up_to())
    }
}

/// Returns the fault of the first check that finds one, or `None`; the later ones are not run.
macro_rules! first_fault {
    ($($check:expr),+ $(,)?) => {{
        $(
            if let Some(fault) = $check {
                return Some(fault);
            }
        )+
        None
    }};
}
pub(super) use first_fault;

/// Refuses the form of a text if `broken`.
pub(super) const fn refuse(broken: bool, rule: &'static str, offset: usize) -> Option<Fault> {
    if broken { Some(Fault::new(ArgErrorKind::Form, rule, offset)) } else { None }
}

/// Refuses a text that a program could read as an option, if `broken`.
pub(super) const fn refuse_option(broken: bool, rule: &'static str, offset: usize) -> Option<Fault> {
    if broken { Some(Fault::new(ArgErrorKind::Option, rule, offset)) } else { None }
}

/// The fault of a part, as a fault of the whole that it begins at `start` in.
pub(super) const fn within(fault: Option<Fault>, start: usize) -> Option<Fault> {
    match fault {
        Some(fault) => Some(Fault { offset: start + fault.offset, ..fault }),
        None => None,
    }
}

/// Checks what every text must be: not empty, at most `limit` bytes, UTF-8, nothing hidden in it.
pub(super) const fn clean(text: &[u8], limit: usize) -> Option<Fault> {
    if text.is_empty() {
        return Some(Fault::new(ArgErrorKind::Empty, "the text is empty", 0));
    }
    if text.len() > limit {
        return Some(Fault::new(ArgErrorKind::TooLong, "the text is too long", limit));
    }
    if let Err(error) = std::str::from_utf8(text) {
        return Some(Fault::not_utf8(error));
    }
    let mut i = 0;
    while i < text.len() {
        if hides(at(text, i), at(text, i + 1), at(text, i + 2)) {
            let rule = "a control or invisible formatting character";
            return Some(Fault::new(ArgErrorKind::Hidden, rule, i));
        }
        i += 1;
    }
    None
}

/// Whether these bytes of UTF-8 begin with a character that controls a terminal or the reader's eye.
///
/// These are the C0 and C1 controls, DEL, the line and paragraph separators U+2028 and U+2029, the
/// byte order mark U+FEFF, and the controls of writing direction: U+061C, U+200E, U+200F,
/// U+202A..202E, U+2066..2069.
pub(super) const fn hides(first: u8, second: u8, third: u8) -> bool {
    matches!(
        (first, second, third),
        (0x00..=0x1f | 0x7f, _, _)
            | (0xc2, 0x80..=0x9f, _)
            | (0xd8, 0x9c, _)
            | (0xe2, 0x80, 0x8e | 0x8f | 0xa8..=0xae)
            | (0xe2, 0x81, 0xa6..=0xa9)
            | (0xef, 0xbb, 0xbf)
    )
}

/// Returns the byte at `i`, or 0 past the end. No clean text holds a 0.
#[expect(clippy::indexing_slicing, reason = "`get` is not const; the bound is checked here")]
pub(super) const fn at(text: &[u8], i: usize) -> u8 {
    if i < text.len() { text[i] } else { 0 }
}

/// Returns the bytes from `from` to before `to`, both cut to the length of the text.
pub(super) const fn part(text: &[u8], from: usize, to: usize) -> &[u8] {
    let to = if to < text.len() { to } else { text.len() };
    let from = if from < to { from } else { to };
    text.split_at(to).0.split_at(from).1
}

/// Returns where `byte` first is at or after `from`, or the length of the text.
pub(super) const fn find(text: &[u8], from: usize, byte: u8) -> usize {
    let mut i = from;
    while i < text.len() && at(text, i) != byte {
        i += 1;
    }
    if i < text.len() { i } else { text.len() }
}

/// Returns whether `wanted` stands at `i`.
pub(super) const fn has(text: &[u8], i: usize, wanted: &[u8]) -> bool {
    equal(part(text, i, i + wanted.len()), wanted)
}

/// Returns whether the bytes are equal.
pub(super) const fn equal(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut i = 0;
    while i < left.len() {
        if at(left, i) != at(right, i) {
            return false;
        }
        i += 1;
    }
    true
}

/// Returns whether the text ends with `ending`, which is lower case, in any case.
pub(super) const fn ends_with_any_case(text: &[u8], ending: &[u8]) -> bool {
    text.len() >= ending.len() && text.split_at(text.len() - ending.len()).1.eq_ignore_ascii_case(ending)
}

/// Returns whether every byte is an ASCII digit; an empty text has no digit.
pub(super) const fn all_digits(text: &[u8]) -> bool {
    let mut i = 0;
    while i < text.len() && at(text, i).is_ascii_digit() {
        i += 1;
    }
    i == text.len() && !text.is_empty()
}

/// Returns whether the text has the form of an object id: 40 or 64 hex digits.
pub(super) const fn looks_like_hash(text: &[u8]) -> bool {
    let mut i = 0;
    while i < text.len() && at(text, i).is_ascii_hexdigit() {
        i += 1;
    }
    i == text.len() && (i == 40 || i == 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(ArgErrorKind, usize)>) {
        assert_eq!(clean(text.as_bytes(), 12).map(|fault| (fault.kind, fault.offset)), expected);
    }

    #[test]
    fn clean_text_hides_nothing() {
        check("a b", None);
        check("caf\u{e9}", None);
        check("\u{1f469}\u{200d}", None);
        check("", Some((ArgErrorKind::Empty, 0)));
        check("0123456789abc", Some((ArgErrorKind::TooLong, 12)));
        for (hidden, offset) in [
            ("a\0", 1),
            ("a\u{1b}", 1),
            ("a\u{7f}", 1),
            ("\u{e9}\u{80}", 2),
            ("\u{e9}\u{9f}", 2),
            ("\u{61c}", 0),
            ("\u{200e}", 0),
            ("\u{200f}", 0),
            ("\u{2028}", 0),
            ("\u{2029}", 0),
            ("\u{202a}", 0),
            ("\u{202e}", 0),
            ("\u{2066}", 0),
            ("\u{2069}", 0),
            ("a\u{feff}", 1),
        ] {
            check(hidden, Some((ArgErrorKind::Hidden, offset)));
        }
    }

    #[test]
    fn neighbours_of_hidden_characters_are_clean() {
        for text in ["\u{a0}", "\u{61b}", "\u{61d}", "\u{200d}", "\u{2010}", "\u{2027}", "\u{202f}"] {
            check(text, None);
        }
        for text in ["\u{2065}", "\u{206a}", "\u{fefe}", "\u{ff00}"] {
            check(text, None);
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_refused_where_they_begin() {
        let fault = clean(b"HEAD\xff", 12).unwrap();
        assert_eq!((fault.kind, fault.offset), (ArgErrorKind::Encoding, 4));
    }
}
