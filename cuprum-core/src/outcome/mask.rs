//! The secrets that no text about a command may show.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

/// What stands in the place of a secret.
const SHOWN: &[u8] = b"***";

/// How long a secret must be to be looked for in texts, in bytes.
///
/// A shorter one would be found where it is not meant, and what is hidden around it would give it away.
const SHORTEST: usize = 4;

/// The secrets of a command, by which texts about it are masked.
///
/// A secret is looked for as it is, without the blanks around it, and by its lines, if it has several. What
/// the command makes of it, in base64 for example, is not recognised.
#[derive(Clone, Default)]
pub(crate) struct Mask(Option<Arc<[Box<[u8]>]>>);

impl Mask {
    /// Collects the secrets that are long enough.
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut parts: Vec<Box<[u8]>> = Vec::new();
        for secret in secrets {
            let lines = secret.split(|byte| matches!(byte, b'\n' | b'\r')).map(<[u8]>::trim_ascii);
            for part in lines.chain([secret.trim_ascii()]) {
                if part.len() >= SHORTEST && !parts.iter().any(|known| **known == *part) {
                    parts.push(part.into());
                }
            }
        }
        Self((!parts.is_empty()).then(|| parts.into()))
    }

    /// Adds the secrets of another one.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        match (self.0, other.0) {
            (Some(own), Some(other)) => Self(Some(own.iter().chain(&*other).cloned().collect())),
            (own, other) => Self(own.or(other)),
        }
    }

    /// Returns the length of the longest secret; 0 if there is none.
    pub(crate) fn longest(&self) -> usize {
        self.secrets().map(<[u8]>::len).max().unwrap_or(0)
    }

    /// Returns `bytes` with each secret as `***`.
    pub(crate) fn bytes<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let found = self.find(bytes);
        if found.is_empty() {
            Cow::Borrowed(bytes)
        } else {
            Cow::Owned(replaced(bytes, found, 0..bytes.len()))
        }
    }

    /// Returns `text` with each secret as `***`.
    pub(crate) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.bytes(text.as_bytes()) {
            Cow::Borrowed(_) => Cow::Borrowed(text),
            Cow::Owned(masked) => Cow::Owned(String::from_utf8_lossy(&masked).into_owned()),
        }
    }

    /// Returns the bytes `shown` of a piece of an output with each secret as `***`; also one of which only the
    /// larger part is in the piece, because it was cut there.
    pub(crate) fn piece<'a>(&self, piece: &'a [u8], shown: Range<usize>) -> Cow<'a, [u8]> {
        let mut found = self.find(piece);
        for secret in self.secrets() {
            let least = SHORTEST.max(secret.len() / 2);
            for cut in least..secret.len() {
                let (start, end) = (secret.get(..cut), secret.get(secret.len() - cut..));
                if end.is_some_and(|end| piece.starts_with(end)) {
                    found.push(0..cut);
                }
                if start.is_some_and(|start| piece.ends_with(start)) {
                    found.push(piece.len() - cut..piece.len());
                }
            }
        }
        if found.is_empty() {
            Cow::Borrowed(piece.get(shown).unwrap_or_default())
        } else {
            Cow::Owned(replaced(piece, found, shown))
        }
    }

    fn secrets(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().flat_map(|secrets| secrets.iter().map(|secret| &**secret))
    }

    /// Returns where the secrets are; their places may overlap.
    fn find(&self, bytes: &[u8]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for secret in self.secrets() {
            let mut from = 0;
            // Each place, also one that overlaps the one before: `abab` twice in `ababab`.
            while let Some(at) = bytes.get(from..).and_then(|rest| memmem::find(rest, secret)) {
                found.push(from + at..from + at + secret.len());
                from += at + 1;
            }
        }
        found
    }
}

/// Returns the bytes `shown` with `***` in the place of each range; ranges that touch are one.
fn replaced(bytes: &[u8], mut ranges: Vec<Range<usize>>, shown: Range<usize>) -> Vec<u8> {
    ranges.sort_by_key(|range| range.start);
    let mut masked = Vec::with_capacity(shown.len());
    let mut end = shown.start;
    let mut touches = false;
    for range in ranges.iter().filter(|range| range.end > shown.start && range.start < shown.end) {
        if !touches || range.start > end {
            masked.extend_from_slice(bytes.get(end..range.start).unwrap_or_default());
            masked.extend_from_slice(SHOWN);
            touches = true;
        }
        end = end.max(range.end);
    }
    masked.extend_from_slice(bytes.get(end..shown.end).unwrap_or_default());
    masked
}

/// How many secrets there are.
impl fmt::Debug for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mask({})", self.secrets().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(secrets: &[&str], text: &str, expected: &str) {
        assert_eq!(Mask::new(secrets.iter().map(|secret| secret.as_bytes())).text(text), expected);
    }

    #[test]
    fn each_occurrence_is_masked_and_nothing_else() {
        check(&["hunter2"], "token hunter2, again hunter2hunter2", "token ***, again ***");
        check(&["hunter2"], "hunter", "hunter");
        check(&[], "hunter2", "hunter2");
        check(&["abab"], "xabababx", "x***x");
        check(&["abcdef", "defghi"], "-abcdefghi-abcdef-", "-***-***-");
        let one = |secret: &'static str| Mask::new([secret.as_bytes()]);
        for both in
            [one("hunter2").and(one("swordfish")), one("hunter2").and(Mask::default()).and(one("swordfish"))]
        {
            assert_eq!(both.text("hunter2 or swordfish"), "*** or ***");
        }
    }

    #[test]
    fn a_secret_is_known_without_its_blanks_and_by_its_lines() {
        check(&["token\n"], "token, token\n", "***, ***\n");
        check(&["-----\nabcdefgh\nxyz\n"], "abcdefgh or xyz", "*** or xyz");
    }

    #[test]
    fn a_short_secret_is_not_looked_for() {
        check(&["abc", "", " abc "], "abc", "abc");
        check(&["abcd"], "abcd", "***");
    }

    #[test]
    fn a_secret_that_was_cut_is_masked_at_the_edges_of_a_piece() {
        let mask = Mask::new([&b"0123456789"[..]]);
        let piece = |text: &'static str| {
            String::from_utf8(mask.piece(text.as_bytes(), 0..text.len()).into_owned()).unwrap()
        };
        assert_eq!(piece("56789 and 0123456789 and 012345"), "*** and *** and ***");
        assert_eq!(piece("789 and 012"), "789 and 012");
        assert_eq!(piece("x56789"), "x56789");
        assert_eq!(*mask.piece(b"a 0123456789 b", 5..14), *b"*** b");
        assert_eq!(*mask.piece(b"a 0123456789 b", 12..14), *b" b");
        assert_eq!(*mask.piece(b"a 0123456789 b", 0..3), *b"a ***");
    }

    #[test]
    fn the_secrets_themselves_are_not_shown() {
        let mask = Mask::new([&b"hunter2"[..]]);
        assert_eq!((format!("{mask:?}"), mask.longest()), ("Mask(1)".to_owned(), 7));
        assert_eq!(Mask::default().longest(), 0);
    }
}
