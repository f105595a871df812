//! What is never written: the secrets of a command, wherever they show.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};

use crate::backend::Launch;

/// What stands for a secret.
const MASK: &[u8] = b"***";

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
        let mut secrets: Vec<_> = words.chain(values).chain(others.iter().cloned()).collect();
        secrets.retain(|secret| !secret.is_empty());
        // A secret may be a part of another one.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Self(secrets)
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
        for secret in &self.0 {
            let whole = pieces.iter().map(|piece| piece.as_slice()).collect::<Vec<_>>().concat();
            // From the last one on, so that the places of the others stay.
            let found: Vec<usize> = memchr::memmem::find_iter(&whole, secret).collect();
            for at in found.into_iter().rev() {
                cut(pieces, at, secret.len());
            }
        }
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
        let mut secrets: Vec<_> = secrets.iter().map(|secret| secret.as_bytes().to_vec()).collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        let mut pieces: Vec<_> = pieces.iter().map(|piece| piece.as_bytes().to_vec()).collect();
        Mask(secrets).pieces(&mut pieces.iter_mut().collect::<Vec<_>>());
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
    }
}
