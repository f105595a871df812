//! The failure of a tool, and how it is found in what the tool printed: rows of words to look for.

use std::fmt;

use cuprum::Outcome;
#[cfg(any(feature = "rsync", feature = "tar"))]
use cuprum::{Error, ErrorKind};

use super::{RawPath, RawText};

/// A failure of a tool: its kind, and the line that says so.
///
/// Each tool has an alias with its own kinds, [`tar::Failure`](crate::tar::Failure) for example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure<K> {
    kind: K,
    line: RawText,
}

/// The kinds of failure of one tool; implemented for the tools of this crate only.
pub trait Kinds: Copy + Sealed {}

/// How a kind is found in what a tool printed.
pub trait Sealed: Sized {
    /// Returns the kind of a failure, and the line that says so.
    fn find<'a>(code: Option<i32>, stdout: &'a [u8], stderr: &'a [u8]) -> (Self, &'a [u8]);

    /// Returns the file that a line is about.
    fn subject(line: &[u8]) -> Option<Vec<u8>>;
}

impl<K: Kinds> Failure<K> {
    /// Reads the failure of a run; `None` if the tool exited with 0.
    pub fn read(outcome: &Outcome) -> Option<Self> {
        let (stdout, stderr) = (outcome.stdout().bytes(), outcome.stderr().bytes());
        (!outcome.status().success()).then(|| Self::classify(outcome.status().code(), stdout, stderr))
    }

    /// Reads a failure from the exit code (`None` after a signal) and from what the tool printed.
    pub fn classify(code: Option<i32>, stdout: &[u8], stderr: &[u8]) -> Self {
        let (kind, line) = K::find(code, stdout, stderr);
        Self { kind, line: RawText::new(line) }
    }

    /// Reads the failure out of an error; `None` if `program` did not exit with a failure.
    #[cfg(any(feature = "rsync", feature = "tar"))]
    pub(crate) fn of(program: &str, error: &Error) -> Option<Self> {
        let exited = error.program() == program && error.kind() == ErrorKind::Exit;
        error.outcome().filter(|_| exited).and_then(Self::read)
    }

    /// Returns the kind.
    pub fn kind(&self) -> K {
        self.kind
    }

    /// Returns the line that says why; empty if the tool printed nothing.
    pub fn line(&self) -> &RawText {
        &self.line
    }

    /// Returns the file that the line names as the one at fault, if it names one.
    ///
    /// It is read from a message for people: good to be shown or compared, too little to be trusted.
    pub fn path(&self) -> Option<RawPath> {
        K::subject(self.line.as_bytes()).map(RawPath::new)
    }
}

impl<K> fmt::Display for Failure<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}

/// One way in which a tool says why it failed.
#[derive(Debug)]
pub(crate) struct Row<K: 'static> {
    pub(crate) kind: K,
    /// The exit codes with which it is said; none stands for all.
    pub(crate) codes: &'static [i32],
    /// What a line holds, in this order. The first begins the line if it ends with `:`.
    pub(crate) words: &'static [&'static str],
}

/// Finds the first row of the table that fits a line, and the line.
pub(crate) fn classify<'a, K: Copy>(
    table: &'static [Row<K>],
    code: Option<i32>,
    lines: impl Iterator<Item = &'a [u8]> + Clone,
) -> Option<(K, &'a [u8])> {
    let rows =
        table.iter().filter(|row| row.codes.is_empty() || code.is_some_and(|c| row.codes.contains(&c)));
    rows.into_iter().find_map(|row| {
        let line = lines.clone().find(|line| holds(line, row.words))?;
        Some((row.kind, line))
    })
}

fn holds(line: &[u8], words: &[&str]) -> bool {
    let mut rest = line;
    for (i, word) in words.iter().enumerate() {
        let Some(at) = memchr::memmem::find(rest, word.as_bytes()) else {
            return false;
        };
        if i == 0 && at > 0 && word.ends_with(':') {
            return false;
        }
        rest = rest.split_at(at + word.len()).1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_their_order_and_a_label_begins_the_line() {
        assert!(holds(b"fatal: path 'x' exists", &["fatal:", "path '", "' exists"]));
        assert!(!holds(b"fatal: exists path", &["path", "exists"]));
        assert!(!holds(b"remote: fatal: no", &["fatal:"]));
    }
}
