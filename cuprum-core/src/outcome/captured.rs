//! What was kept of a stream: its head, its tail, and how much went by.

use std::borrow::Cow;
use std::fmt;

use super::{Mask, SinkReport, Spill};

/// What was kept of an output stream.
///
/// The bytes are the head and the tail of the stream, joined; between them lie
/// [`omitted`](Self::omitted) bytes that were read and let go.
///
/// They are what the command printed. Where a secret that it was given is among them, the `Debug` form and
/// the texts of errors show `***`.
#[derive(Clone, Default)]
pub struct Captured {
    bytes: Vec<u8>,
    head: usize,
    omitted: u64,
    mask: Mask,
    /// Most streams have none of these.
    others: Option<Box<Others>>,
}

/// What became of a stream beside what was kept of it.
#[derive(Clone, Default, PartialEq, Eq)]
struct Others {
    sinks: Vec<SinkReport>,
    spill: Option<Spill>,
    lines_dropped: u64,
}

/// Two are equal if they kept the same of streams of the same length, and if their copies fared the same.
impl PartialEq for Captured {
    fn eq(&self, other: &Self) -> bool {
        (&self.bytes, self.head, self.omitted, &self.others)
            == (&other.bytes, other.head, other.omitted, &other.others)
    }
}

impl Eq for Captured {}

impl Captured {
    /// Creates a capture that holds the whole stream.
    pub fn whole(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self { head: bytes.len(), bytes, ..Self::default() }
    }

    /// Creates a capture of a stream whose middle was let go.
    pub fn cut(mut head: Vec<u8>, omitted: u64, tail: &[u8]) -> Self {
        let split = head.len();
        head.extend_from_slice(tail);
        Self { bytes: head, head: split, omitted, ..Self::default() }
    }

    /// Sets what became of the copies that sinks were given.
    #[must_use]
    pub fn with_sinks(self, sinks: Vec<SinkReport>) -> Self {
        if sinks.is_empty() { self } else { self.with(|others| others.sinks = sinks) }
    }

    /// Sets the file that holds the whole stream.
    #[must_use]
    pub fn with_spill(self, spill: Option<Spill>) -> Self {
        if spill.is_none() { self } else { self.with(|others| others.spill = spill) }
    }

    /// Sets how many lines a reader that was too slow has missed.
    #[must_use]
    pub fn with_lines_dropped(self, lines_dropped: u64) -> Self {
        if lines_dropped == 0 { self } else { self.with(|others| others.lines_dropped = lines_dropped) }
    }

    fn with(mut self, change: impl FnOnce(&mut Others)) -> Self {
        change(self.others.get_or_insert_default());
        self
    }

    /// Takes the bytes out of a stream that was kept whole.
    pub(crate) fn take_bytes(&mut self) -> Vec<u8> {
        self.head = 0;
        std::mem::take(&mut self.bytes)
    }

    /// Puts the bytes back that were taken out.
    pub(crate) fn put_bytes(&mut self, bytes: Vec<u8>) {
        (self.head, self.bytes) = (bytes.len(), bytes);
    }

    /// Returns the bytes kept: the head, then the tail.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the bytes kept, by value.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Returns the bytes kept from the start of the stream, up to the first one let go.
    pub fn head(&self) -> &[u8] {
        self.bytes.get(..self.head).unwrap_or(&self.bytes)
    }

    /// Returns the bytes kept from the end of the stream, after the last one let go.
    pub fn tail(&self) -> &[u8] {
        self.bytes.get(self.head..).unwrap_or(&[])
    }

    /// Returns how many bytes were read and let go.
    pub fn omitted(&self) -> u64 {
        self.omitted
    }

    /// Returns how many bytes the stream had in all.
    pub fn total(&self) -> u64 {
        self.omitted + self.bytes.len() as u64
    }

    /// Returns how many bytes were kept.
    pub fn kept(&self) -> usize {
        self.bytes.len()
    }

    /// Returns whether a part of the stream was let go.
    pub fn is_truncated(&self) -> bool {
        self.omitted > 0
    }

    /// Returns what became of the copies of the stream, a report for each sink.
    pub fn sinks(&self) -> &[SinkReport] {
        self.others.as_ref().map_or(&[], |others| &others.sinks)
    }

    /// Returns the file that holds the whole stream, if it was asked for.
    ///
    /// None is made for a stream that is kept whole in memory, unless its path was given.
    pub fn spill(&self) -> Option<&Spill> {
        self.others.as_ref()?.spill.as_ref()
    }

    /// Returns how many lines a reader that was too slow has missed; see
    /// [`Lines::lossy`](crate::run::Lines::lossy).
    pub fn lines_dropped(&self) -> u64 {
        self.others.as_ref().map_or(0, |others| others.lines_dropped)
    }

    /// Returns the whole stream.
    ///
    /// # Errors
    ///
    /// [`Truncated`] if a part of it was let go.
    pub fn complete(&self) -> Result<&[u8], Truncated> {
        if self.omitted == 0 {
            Ok(&self.bytes)
        } else {
            Err(Truncated { kept: self.bytes.len(), total: self.total() })
        }
    }

    /// Returns the bytes kept as text; what is not UTF-8 becomes U+FFFD.
    pub fn text_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

impl Captured {
    /// Hides these secrets wherever this is shown.
    pub(super) fn hide(&mut self, mask: &Mask) {
        self.mask = mask.clone();
    }

    /// Returns the last bytes of the stream, at most `most` before secrets became `***`.
    pub(crate) fn shown_end(&self, most: usize) -> Cow<'_, [u8]> {
        // What was let go lies before the tail, so that only one of the two is a piece of the stream.
        let end = if self.tail().is_empty() { self.head() } else { self.tail() };
        // A secret that begins before the last bytes must be seen whole to be known.
        let shown = end.len().saturating_sub(most);
        let from = shown.saturating_sub(self.mask.longest());
        let piece = end.get(from..).unwrap_or(end);
        self.mask.piece(piece, shown - from..piece.len())
    }
}

/// The first bytes as text with escapes, and how many there are.
impl fmt::Debug for Captured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 200;
        let start = self.bytes.get(..SHOWN + self.mask.longest()).unwrap_or(&self.bytes);
        let start = self.mask.piece(start, 0..SHOWN.min(start.len()));
        write!(f, "\"{}\"", start.escape_ascii())?;
        if self.total() > SHOWN as u64 { write!(f, "… ({} bytes)", self.total()) } else { Ok(()) }
    }
}

/// Says that a stream was longer than what was kept of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Truncated {
    kept: usize,
    total: u64,
}

impl Truncated {
    /// Returns how many bytes were kept.
    pub fn kept(&self) -> usize {
        self.kept
    }

    /// Returns how many bytes the stream had.
    pub fn total(&self) -> u64 {
        self.total
    }
}

impl fmt::Display for Truncated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} bytes were kept", self.kept, self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::Captured;

    #[test]
    fn a_capture_is_shown_as_short_text() {
        assert_eq!(format!("{:?}", Captured::whole("a\n\u{1b}")), "\"a\\n\\x1b\"");
        let long = format!("{:?}", Captured::whole([b'x'; 5000]));
        assert!(long.ends_with("x\"… (5000 bytes)") && long.len() < 250, "{long}");
    }

    #[test]
    fn a_cut_capture_counts_what_was_let_go() {
        let captured = Captured::cut(b"ab".to_vec(), 5, b"yz");
        assert_eq!(captured.head(), b"ab");
        assert_eq!(captured.tail(), b"yz");
        assert_eq!(captured.total(), 9);
        let truncated = captured.complete().unwrap_err();
        assert_eq!(truncated.to_string(), "4 of 9 bytes were kept");
    }

    #[test]
    fn a_secret_is_not_shown_and_stays_in_the_bytes() {
        let mask = super::Mask::new([&b"hunter2"[..]]);
        let mut captured = Captured::whole("the token is hunter2\nbye\n");
        captured.hide(&mask);
        assert_eq!(format!("{captured:?}"), "\"the token is ***\\nbye\\n\"");
        assert_eq!(*captured.shown_end(100), *b"the token is ***\nbye\n");
        assert_eq!(*captured.shown_end(6), *b"***\nbye\n", "a secret at the edge is hidden whole");
        assert_eq!(captured.bytes(), b"the token is hunter2\nbye\n");
        let mut cut = Captured::cut(b"is hunt".to_vec(), 5, b"nter2!");
        cut.hide(&mask);
        assert_eq!(*cut.shown_end(100), *b"***!");
    }
}
