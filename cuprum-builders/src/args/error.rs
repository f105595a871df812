//! The error of a text that is no value of its type, at run time and at compile time.

use std::borrow::Cow;
use std::fmt;

use super::fault::{Fault, at};

/// Says why a text is not a value of an argument type.
///
/// The message is one line: the type, the rule, the byte, and the text, escaped and cut to 80 bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ArgError {
    type_name: &'static str,
    noun: &'static str,
    fault: Fault,
    shown: String,
}

/// What kind of rule a text breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ArgErrorKind {
    /// There is no text.
    Empty,
    /// The text, or a part of it, is longer than a program or a file system takes.
    TooLong,
    /// The bytes are not UTF-8.
    Encoding,
    /// A control character, or one that hides or reorders what is shown.
    Hidden,
    /// A program could read the text, or a part of it, as an option.
    Option,
    /// The text is well formed, but its meaning is refused.
    Refused,
    /// The text does not have the form of the type.
    Form,
}

impl ArgError {
    pub(super) fn new(type_name: &'static str, noun: &'static str, fault: Fault, text: &[u8]) -> Self {
        Self { type_name, noun, fault, shown: escape(&without_password(text)) }
    }

    /// Says what keeps bytes from being the name of a file.
    #[cfg(any(feature = "rsync", feature = "tar"))]
    pub(super) fn of_name(type_name: &'static str, noun: &'static str, name: &[u8]) -> Option<Self> {
        let nul = name.iter().position(|byte| *byte == 0);
        let fault = match nul {
            Some(nul) => Fault::new(ArgErrorKind::Hidden, "a NUL", nul),
            None if name.is_empty() => Fault::new(ArgErrorKind::Empty, "the text is empty", 0),
            None => return None,
        };
        Some(Self::new(type_name, noun, fault, name))
    }

    /// Returns what kind of rule is broken.
    pub fn kind(&self) -> ArgErrorKind {
        self.fault.kind
    }

    /// Returns the name of the type, `GitRef` for example.
    pub fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// Returns the rule that is broken, in words.
    pub fn rule(&self) -> &'static str {
        self.fault.rule
    }

    /// Returns the byte of the text at which the rule is broken.
    pub fn offset(&self) -> usize {
        self.fault.offset
    }

    /// Returns the refused text, escaped and cut to 80 bytes, without a password that it may hold.
    pub fn shown(&self) -> &str {
        &self.shown
    }
}

impl fmt::Display for ArgError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {}: {}", self.noun, self.fault.rule)?;
        if self.fault.kind == ArgErrorKind::Empty {
            return Ok(());
        }
        write!(f, " at byte {}: \"{}\"", self.fault.offset, self.shown)
    }
}

/// Masks what stands before an `@` where a URL has its user and password.
///
/// A refused text is often a URL with a password in it, and errors are logged.
fn without_password(text: &[u8]) -> Cow<'_, [u8]> {
    let start = text.windows(3).position(|three| three == b"://").map(|i| i + 3);
    let Some(at) = text.iter().rposition(|byte| *byte == b'@') else { return text.into() };
    let (before, after) = text.split_at(at);
    match start {
        Some(start) if start < at => [before.split_at(start).0, b"***", after].concat().into(),
        None if before.contains(&b':') => [b"***", after].concat().into(),
        _ => text.into(),
    }
}

/// The longest text that an error shows, in bytes.
const SHOWN: usize = 80;

/// Escapes what is not printable and cuts the result at 80 bytes, never inside an escape.
fn escape(text: &[u8]) -> String {
    const MORE: &str = "\u{2026}";
    let mut shown = String::new();
    let mut cut = 0;
    for piece in escapes(text) {
        if shown.len() + piece.len() > SHOWN {
            shown.truncate(cut);
            shown.push_str(MORE);
            break;
        }
        shown.push_str(&piece);
        if shown.len() + MORE.len() <= SHOWN {
            cut = shown.len();
        }
    }
    shown
}

/// Each character of the text as it is shown; a byte that is not UTF-8 is `\x` and two digits.
fn escapes(text: &[u8]) -> impl Iterator<Item = String> {
    text.utf8_chunks().flat_map(|chunk| {
        let chars = chunk.valid().chars().map(|c| c.escape_debug().to_string());
        let bytes = chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}"));
        chars.chain(bytes)
    })
}

/// Stops the compilation, or the program, because a literal is not a value of its type.
#[expect(clippy::panic, reason = "this is how a const check reports a wrong literal to the compiler")]
#[track_caller]
pub(super) const fn refuse_literal(noun: &str, fault: Fault) -> ! {
    let mut line = Line::new();
    line.push(b"not ");
    line.push(noun.as_bytes());
    line.push(b": ");
    line.push(fault.rule.as_bytes());
    line.push(b" (byte ");
    line.push_number(fault.offset);
    line.push(b")");
    panic!("{}", line.text())
}

/// A line of text that is put together in a `const fn`; what does not fit is left out.
struct Line {
    bytes: [u8; 200],
    len: usize,
}

impl Line {
    const fn new() -> Self {
        Self { bytes: [0; 200], len: 0 }
    }

    #[expect(clippy::indexing_slicing, reason = "`get_mut` is not const; the bound is checked here")]
    const fn push(&mut self, text: &[u8]) {
        let mut i = 0;
        while i < text.len() && self.len < self.bytes.len() {
            self.bytes[self.len] = at(text, i);
            self.len += 1;
            i += 1;
        }
    }

    const fn push_number(&mut self, number: usize) {
        if number >= 10 {
            self.push_number(number / 10);
        }
        self.push(&[b'0' + (number % 10) as u8]);
    }

    const fn text(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "not a value of its type",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAULT: Fault = Fault::new(ArgErrorKind::Option, "a component begins with `-`", 5);

    fn shown(text: &[u8]) -> String {
        ArgError::new("GitRef", "a git ref", FAULT, text).shown
    }

    #[test]
    fn a_message_is_one_line_that_names_type_rule_byte_and_value() {
        let error = ArgError::new("GitRef", "a git ref", FAULT, b"main/-x");
        assert_eq!(error.to_string(), "not a git ref: a component begins with `-` at byte 5: \"main/-x\"");
        assert_eq!((error.type_name(), error.offset()), ("GitRef", 5));
    }

    #[test]
    fn a_value_is_shown_escaped() {
        assert_eq!(shown("a\nb\u{1b}[31m\"".as_bytes()), r#"a\nb\u{1b}[31m\""#);
        assert_eq!(shown("\u{202e}\u{feff}\u{2028}\u{85}".as_bytes()), r"\u{202e}\u{feff}\u{2028}\u{85}");
        assert_eq!(shown(b"a\xff\xfeb"), r"a\xff\xfeb");
        assert_eq!(shown("caf\u{e9}".as_bytes()), "caf\u{e9}");
    }

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(shown(b"https://ann:pa/s@s@example.com/x"), "https://***@example.com/x");
        assert_eq!(shown(b"https://token@example.com/x"), "https://***@example.com/x");
        assert_eq!(shown(b"ann:secret@example.com:x"), "***@example.com:x");
        assert_eq!(shown(b"git@example.com:x"), "git@example.com:x");
        assert_eq!(shown(b"a@b://c"), "a@b://c");
    }

    #[test]
    fn a_long_value_is_cut_to_eighty_bytes_and_never_inside_an_escape() {
        assert_eq!(shown(&[b'a'; 80]), "a".repeat(80));
        assert_eq!(shown(&[b'a'; 81]), format!("{}\u{2026}", "a".repeat(77)));
        assert_eq!(shown(&[0x1b; 100]), format!("{}\u{2026}", r"\u{1b}".repeat(12)));
        assert!(shown("\u{65e5}".repeat(50).as_bytes()).len() <= 80);
    }

    #[test]
    #[should_panic(expected = "not a git ref: a component begins with `-` (byte 5)")]
    fn a_wrong_literal_names_type_rule_and_byte() {
        refuse_literal("a git ref", FAULT)
    }
}
