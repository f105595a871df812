//! The lines of one read of a stream, which all observers share.

use std::fmt;
use std::sync::Arc;

use crate::stream::{LineEnd, LineRef, Source};

/// The complete lines of one read of a stream, in one piece of memory that all who have the event share.
///
/// Lines end as everywhere in Cuprum: at LF, CRLF and CR. Secrets of the command are `***`.
#[derive(Clone)]
pub struct Lines {
    /// The stage that printed them.
    pub(crate) stage: usize,
    pub(crate) source: Source,
    pub(crate) text: Arc<Vec<u8>>,
    /// How long a line may be; the rest of a longer one is a piece of its own.
    pub(crate) longest: usize,
    /// What ends the last line, where no line end does.
    pub(crate) last: LineEnd,
}

impl Lines {
    /// Creates the lines of a piece of text.
    ///
    /// If no line end stands at its end, the last line ends as `last` says. No line is longer than `longest` bytes.
    pub fn new(source: Source, text: impl Into<Vec<u8>>, longest: usize, last: LineEnd) -> Self {
        Self { stage: 0, source, text: Arc::new(text.into()), longest: longest.max(1), last }
    }

    /// Returns the stream they came on.
    pub fn source(&self) -> Source {
        self.source
    }

    /// Returns the text with its line ends.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Returns the lines where they lie; they are cut while this is read.
    pub fn iter(&self) -> Iter<'_> {
        Iter { lines: self, rest: &self.text, has_cr: memchr::memchr(b'\r', &self.text).is_some() }
    }
}

/// The lines of [`Lines`].
#[derive(Clone, Debug)]
pub struct Iter<'a> {
    lines: &'a Lines,
    rest: &'a [u8],
    has_cr: bool,
}

impl<'a> Iterator for Iter<'a> {
    type Item = LineRef<'a>;

    #[inline]
    fn next(&mut self) -> Option<LineRef<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        // Most streams have no CR at all, and looking for one byte is faster than looking for two.
        let found = match self.has_cr {
            false => memchr::memchr(b'\n', self.rest),
            true => memchr::memchr2(b'\n', b'\r', self.rest),
        };
        let length = found.unwrap_or(self.rest.len());
        let (bytes, rest) = self.rest.split_at(length.min(self.lines.longest));
        let (end, rest) = match rest {
            _ if length > self.lines.longest => (LineEnd::Cut, rest),
            [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] => (LineEnd::Newline, rest),
            rest => (self.lines.last, rest),
        };
        self.rest = rest;
        Some(LineRef { stage: self.lines.stage, source: self.lines.source, bytes, end })
    }
}

impl<'a> IntoIterator for &'a Lines {
    type Item = LineRef<'a>;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").field("source", &self.source).field("bytes", &self.text.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, longest: usize, expected: &[(&str, LineEnd)]) {
        let lines = Lines::new(Source::Stdout, text.as_bytes(), longest, LineEnd::Stream);
        let seen: Vec<_> = lines.iter().map(|line| (line.to_string(), line.end)).collect();
        let expected: Vec<_> = expected.iter().map(|(text, end)| ((*text).to_owned(), *end)).collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn lines_are_cut_where_they_lie() {
        use LineEnd::{Cut, Newline, Stream};
        check("", 9, &[]);
        check("a\nb\r\nc\rd", 9, &[("a", Newline), ("b", Newline), ("c", Newline), ("d", Stream)]);
        check("\n\r\n\r", 9, &[("", Newline), ("", Newline), ("", Newline)]);
        check("abcdefg\nhi\n", 3, &[("abc", Cut), ("def", Cut), ("g", Newline), ("hi", Newline)]);
        check("abc\nabcd", 3, &[("abc", Newline), ("abc", Cut), ("d", Stream)]);
    }
}
