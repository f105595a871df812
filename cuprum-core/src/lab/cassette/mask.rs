//! What is never written: the secrets of a command, wherever they show.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::ops::Range;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};

use crate::backend::Launch;

/// What stands for a secret.
const MASK: &[u8] = b"***";

/// How long a line of a secret must be to be looked for by itself, in bytes.
const SHORTEST: usize = 4;

/// Texts that are hidden.
#[derive(Clone, Debug, Default)]
pub(in crate::lab) struct Mask(Vec<Vec<u8>>);

impl Mask {
    /// Returns the secrets of a launch, and these texts.
    pub(in crate::lab) fn new(launch: &Launch, others: &[Vec<u8>]) -> Self {
        let words = launch.args.iter().zip(launch.shown_args()).map(|(word, shown)| hidden(word, &shown));
        let values = launch.environment.changes().zip(launch.shown_changes());
        let values = values.map(|((_, value), (_, shown))| match (value, shown) {
            (Some(value), Some(shown)) => hidden(value, shown),
            _ => Vec::new(),
        });
        let input = launch.stdin.secret().map(<[u8]>::to_vec);
        Self::of(words.chain(values).chain(input).chain(others.iter().cloned()))
    }

    /// Takes each secret as it is, without the blanks around it, and by its lines, as texts elsewhere do.
    fn of(secrets: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut all: Vec<Vec<u8>> = Vec::new();
        for secret in secrets {
            let lines = secret.split(|byte| matches!(byte, b'\n' | b'\r')).map(<[u8]>::trim_ascii);
            let parts = lines.filter(|line| line.len() >= SHORTEST).chain([secret.trim_ascii(), &secret]);
            for part in parts.filter(|part| !part.is_empty()) {
                if !all.iter().any(|known| known == part) {
                    all.push(part.to_owned());
                }
            }
        }
        Self(all)
    }

    /// Hides what another one hides, too.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0.extend(other.0.iter().cloned());
        self
    }

    /// Returns the name of the program's file and the words, with every secret hidden.
    pub(in crate::lab) fn argv(&self, launch: &Launch) -> Vec<OsString> {
        let name = launch.program.file_name().unwrap_or(launch.program.as_os_str());
        let words = std::iter::once(Cow::Borrowed(name)).chain(launch.shown_args());
        words.map(|word| self.text(&word)).collect()
    }

    /// Returns a text with every secret hidden.
    pub(super) fn text(&self, text: &OsStr) -> OsString {
        let mut pieces = [text.as_bytes().to_vec()];
        self.pieces(&mut pieces.each_mut());
        let [text] = pieces;
        OsString::from_vec(text)
    }

    /// Hides every secret in a text that comes in pieces, also where it lies across two of them.
    pub(super) fn pieces(&self, pieces: &mut [&mut Vec<u8>]) {
        let whole = pieces.iter().map(|piece| piece.as_slice()).collect::<Vec<_>>().concat();
        // From the last one on, so that the places of the others stay.
        for place in self.places(&whole).into_iter().rev() {
            cut(pieces, place.start, place.len());
        }
    }

    /// Returns where the secrets are, in order; those that overlap are one place.
    fn places(&self, whole: &[u8]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for secret in &self.0 {
            let mut from = 0;
            // Each place, also one that overlaps the one before.
            while let Some(at) = whole.get(from..).and_then(|rest| memchr::memmem::find(rest, secret)) {
                found.push(from + at..from + at + secret.len());
                from += at + 1;
            }
        }
        found.sort_by_key(|place| place.start);
        let mut places: Vec<Range<usize>> = Vec::new();
        for place in found {
            match places.last_mut() {
                Some(last) if place.start < last.end => last.end = last.end.max(place.end),
                _ => places.push(place),
            }
        }
        places
    }
}

/// Replaces so many bytes by the mask, which stands where they began.
fn cut(pieces: &mut [&mut Vec<u8>], mut at: usize, mut length: usize) {
    let mut mask = MASK;
    for piece in pieces {
        if at >= piece.len() {
            at -= piece.len();
            continue;
        }
        let here = length.min(piece.len() - at);
        piece.splice(at..at + here, std::mem::take(&mut mask).iter().copied());
        length -= here;
        if length == 0 {
            return;
        }
        at = 0;
    }
}

/// Returns the part of a text that is not shown.
fn hidden(text: &OsStr, shown: &OsStr) -> Vec<u8> {
    let (text, shown) = (text.as_bytes(), shown.as_bytes());
    match shown.strip_suffix(MASK) {
        Some(kept) if text != shown => text.strip_prefix(kept).unwrap_or(text).to_vec(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::Mask;

    fn masked(secrets: &[&str], pieces: &[&str]) -> Vec<String> {
        let mask = Mask::of(secrets.iter().map(|secret| secret.as_bytes().to_vec()));
        let mut pieces: Vec<_> = pieces.iter().map(|piece| piece.as_bytes().to_vec()).collect();
        mask.pieces(&mut pieces.iter_mut().collect::<Vec<_>>());
        pieces.into_iter().map(|piece| String::from_utf8(piece).unwrap()).collect()
    }

    #[test]
    fn a_secret_is_hidden_wherever_the_pieces_are_cut() {
        assert_eq!(masked(&["hunter2"], &["a hunter2 b hunter2"]), ["a *** b ***"]);
        assert_eq!(masked(&["hunter2"], &["a hun", "te", "r2 b"]), ["a ***", "", " b"]);
        assert_eq!(masked(&["hunter2"], &["hunter", "2hunter2"]), ["***", "***"]);
        assert_eq!(masked(&["hunter2"], &["hunter", "3"]), ["hunter", "3"]);
    }

    #[test]
    fn a_secret_in_another_one_leaves_nothing_of_that() {
        assert_eq!(masked(&["pass", "password"], &["password pass"]), ["*** ***"]);
        assert_eq!(masked(&["abcdef", "defghi"], &["-abcde", "fghi-"]), ["-***", "-"]);
        assert_eq!(masked(&["abab"], &["xabababx"]), ["x***x"]);
    }

    #[test]
    fn a_secret_is_known_without_its_blanks_and_by_its_lines() {
        assert_eq!(masked(&["token\n"], &["a token, a tok", "en"]), ["a ***, a ***", ""]);
        assert_eq!(masked(&["abcdefgh\nxyz\n"], &["abcdefgh or xyz"]), ["*** or xyz"]);
    }
}
