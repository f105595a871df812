//! Cuts a stream into lines, whatever its chunks are.

use std::borrow::Cow;
use std::fmt;

/// One line of a command's output, or a piece of a very long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The stage of the pipeline that printed it, counted from 0; 0 for a single command.
    pub stage: usize,
    /// The stream it came on.
    pub source: Source,
    /// The bytes, without the line end.
    pub bytes: Vec<u8>,
    /// What ended it.
    pub end: LineEnd,
}

/// One line of a command's output where it was read, or a piece of a very long one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRef<'a> {
    /// The stage of the pipeline that printed it, counted from 0; 0 for a single command.
    pub stage: usize,
    /// The stream it came on.
    pub source: Source,
    /// The bytes, without the line end.
    pub bytes: &'a [u8],
    /// What ended it.
    pub end: LineEnd,
}

/// A stream that lines come on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
    /// Both, where one goes to where the other one goes.
    Merged,
}

/// Shown as `stdout`, `stderr` or `merged`.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stdout => "stdout",
            Self::Stderr => "stderr",
            Self::Merged => "merged",
        })
    }
}

/// What ended a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineEnd {
    /// LF, CRLF, or a CR alone, by which programs write a line anew.
    Newline,
    /// Nothing: it was longer than the limit, and what follows is the rest of it.
    Cut,
    /// The end of the stream.
    Stream,
}

impl Line {
    /// Returns the line as text; what is not UTF-8 becomes U+FFFD.
    pub fn text_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

/// The text, what is not UTF-8 as U+FFFD.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text_lossy())
    }
}

impl<'a> LineRef<'a> {
    /// Returns the line as text; what is not UTF-8 becomes U+FFFD.
    pub fn text_lossy(&self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.bytes)
    }
}

/// The text, what is not UTF-8 as U+FFFD.
impl fmt::Display for LineRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text_lossy())
    }
}

impl From<LineRef<'_>> for Line {
    fn from(line: LineRef<'_>) -> Self {
        Self { stage: line.stage, source: line.source, bytes: line.bytes.to_vec(), end: line.end }
    }
}

/// Cuts chunks into lines at LF, CRLF and CR, at most `limit` bytes long.
#[derive(Debug)]
pub(crate) struct Cutter {
    stage: usize,
    source: Source,
    limit: usize,
    /// What came of a line whose end has not.
    begun: Vec<u8>,
    /// A CR ended the last line at the end of a chunk, so an LF that comes first belongs to it.
    after_cr: bool,
}

impl Cutter {
    /// Creates a cutter; a limit of 0 is one of 1.
    pub(crate) fn new(source: Source, limit: usize) -> Self {
        Self { stage: 0, source, limit: limit.max(1), begun: Vec::new(), after_cr: false }
    }

    /// Sets the stage whose lines these are.
    pub(crate) fn of_stage(self, stage: usize) -> Self {
        Self { stage, ..self }
    }

    pub(super) fn stage(&self) -> usize {
        self.stage
    }

    pub(super) fn source(&self) -> Source {
        self.source
    }

    /// Cuts one more chunk; what is left of it begins the next line.
    ///
    /// A line that lies in the chunk as a whole is handed out where it lies.
    pub(crate) fn push(&mut self, mut chunk: &[u8], each: &mut impl FnMut(LineRef<'_>)) {
        if !chunk.is_empty() && std::mem::take(&mut self.after_cr) {
            chunk = chunk.strip_prefix(b"\n").unwrap_or(chunk);
        }
        // Most streams have no CR at all, and looking for one byte is faster than looking for two.
        let rest = match memchr::memchr(b'\r', chunk) {
            None => self.cut_at_lf(chunk, each),
            Some(_) => self.cut_at_both(chunk, each),
        };
        self.begin(rest, each);
    }

    /// Ends the stream; what has no line end is the last line.
    pub(crate) fn finish(&mut self, each: &mut impl FnMut(LineRef<'_>)) {
        if !self.begun.is_empty() {
            self.end(&[], LineEnd::Stream, each);
        }
    }

    /// Returns what comes after the last line end.
    fn cut_at_lf<'a>(&mut self, chunk: &'a [u8], each: &mut impl FnMut(LineRef<'_>)) -> &'a [u8] {
        let mut start = 0;
        for at in memchr::memchr_iter(b'\n', chunk) {
            self.end(chunk.get(start..at).unwrap_or_default(), LineEnd::Newline, each);
            start = at + 1;
        }
        chunk.get(start..).unwrap_or_default()
    }

    /// Returns what comes after the last line end.
    fn cut_at_both<'a>(&mut self, mut chunk: &'a [u8], each: &mut impl FnMut(LineRef<'_>)) -> &'a [u8] {
        while let Some(at) = memchr::memchr2(b'\n', b'\r', chunk) {
            let (line, rest) = chunk.split_at(at);
            self.end(line, LineEnd::Newline, each);
            chunk = match rest {
                [b'\r', b'\n', rest @ ..] => rest,
                [b'\r'] => {
                    self.after_cr = true;
                    &[]
                }
                [_, rest @ ..] => rest,
                [] => &[],
            };
        }
        chunk
    }

    /// Ends a line whose last bytes these are.
    #[inline]
    fn end(&mut self, bytes: &[u8], end: LineEnd, each: &mut impl FnMut(LineRef<'_>)) {
        if self.begun.is_empty() && bytes.len() <= self.limit {
            return each(LineRef { stage: self.stage, source: self.source, bytes, end });
        }
        self.begin(bytes, each);
        each(LineRef { stage: self.stage, source: self.source, bytes: &self.begun, end });
        self.begun.clear();
    }

    /// Adds to the line that has begun; a piece is cut off whenever more comes than the limit holds.
    fn begin(&mut self, mut bytes: &[u8], each: &mut impl FnMut(LineRef<'_>)) {
        while self.begun.len() + bytes.len() > self.limit {
            let room = self.limit.saturating_sub(self.begun.len());
            let (piece, rest) = bytes.split_at(room.min(bytes.len()));
            self.begun.extend_from_slice(piece);
            each(LineRef { stage: self.stage, source: self.source, bytes: &self.begun, end: LineEnd::Cut });
            self.begun.clear();
            bytes = rest;
        }
        self.begun.extend_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts the chunks and returns each line with a mark for its end: `|` newline, `+` cut, `.` stream.
    fn cut(chunks: &[&[u8]], limit: usize) -> Vec<String> {
        let mut cutter = Cutter::new(Source::Stdout, limit);
        let mut lines = Vec::<Line>::new();
        let mut each = |line: LineRef<'_>| lines.push(line.into());
        chunks.iter().for_each(|chunk| cutter.push(chunk, &mut each));
        cutter.finish(&mut each);
        let mark = |end| match end {
            LineEnd::Newline => '|',
            LineEnd::Cut => '+',
            LineEnd::Stream => '.',
        };
        lines.iter().map(|line| format!("{line}{}", mark(line.end))).collect()
    }

    #[test]
    fn lines_end_at_lf_crlf_and_cr_and_at_nothing_else() {
        assert_eq!(cut(&[b"a\nb\r\nc\rd"], 99), ["a|", "b|", "c|", "d."]);
        assert_eq!(cut(&[b"\n\r\n\r"], 99), ["|", "|", "|"]);
        assert_eq!(cut(&["a\u{b}b\u{85}c\u{2028}d\n".as_bytes()], 99), ["a\u{b}b\u{85}c\u{2028}d|"]);
        assert_eq!(cut(&[b""], 99), [""; 0]);
    }

    #[test]
    fn a_cr_at_the_end_of_a_chunk_ends_the_line_at_once_and_takes_the_lf_with_it() {
        assert_eq!(cut(&[b"a\r", b"\nb\r", b"c\n"], 99), ["a|", "b|", "c|"]);
        assert_eq!(cut(&[b"a\r", b"", b"\nb"], 99), ["a|", "b."]);
    }

    #[test]
    fn where_chunks_are_cut_makes_no_difference() {
        for text in
            ["eins\r\nzwei\n\nd\u{2764}rei\rvier", "one\ntwo two two\n\nthree", "\n\r\r\n\r", "four\n"]
        {
            let text = text.as_bytes();
            let whole = cut(&[text], 7);
            for at in 0..text.len() {
                let (one, other) = text.split_at(at);
                assert_eq!(cut(&[one, other], 7), whole, "{at}");
            }
            let single: Vec<&[u8]> = text.chunks(1).collect();
            assert_eq!(cut(&single, 7), whole);
        }
    }

    #[test]
    fn a_line_longer_than_the_limit_comes_in_pieces() {
        assert_eq!(cut(&[b"abcdefg\nhi\n"], 3), ["abc+", "def+", "g|", "hi|"]);
        assert_eq!(cut(&[b"abc\n"], 3), ["abc|"]);
        assert_eq!(cut(&[b"abcd"], 3), ["abc+", "d."]);
        assert_eq!(cut(&[b"ab", b"cdefgh", b"\n"], 3), ["abc+", "def+", "gh|"]);
        assert_eq!(cut(&[b"abcdef\r\nx"], 3), ["abc+", "def|", "x."]);
    }
}
