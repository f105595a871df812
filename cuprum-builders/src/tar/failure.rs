//! Why GNU tar failed, read from its exit code and from what it printed.
//!
//! The messages are those of the C locale, which a command that is read this way must set
//! (`LC_ALL=C`). From the GNU tar manual, "The Return Codes of tar".

use std::fmt;

use cuprum::Outcome;

use crate::output::{RawText, Row, classify};

/// A failure of tar: its kind, and the line that says so.
///
/// ```
/// use cuprum_builders::tar::{Failure, FailureKind};
///
/// let failure = Failure::classify(Some(2), b"tar: x: Not found in archive\n");
/// assert_eq!(failure.kind(), FailureKind::MemberNotFound);
/// assert_eq!(failure.to_string(), "tar: x: Not found in archive");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    kind: FailureKind,
    line: RawText,
}

impl Failure {
    /// Reads the failure of a run; `None` if tar exited with 0.
    pub fn read(outcome: &Outcome) -> Option<Self> {
        let status = outcome.status();
        (!status.success()).then(|| Self::classify(status.code(), outcome.stderr().bytes()))
    }

    /// Reads a failure from the exit code (`None` after a signal) and from standard error.
    pub fn classify(code: Option<i32>, stderr: &[u8]) -> Self {
        let found = classify(TABLE, code, own_lines(stderr));
        let (kind, line) =
            found.unwrap_or_else(|| (FailureKind::Other, own_lines(stderr).last().unwrap_or_default()));
        Self { kind, line: RawText::new(line) }
    }

    /// Returns the kind.
    pub fn kind(&self) -> FailureKind {
        self.kind
    }

    /// Returns the line of tar's output that says why; empty if tar printed nothing.
    pub fn line(&self) -> &RawText {
        &self.line
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}

/// The lines that say something: not those that only say that tar stops.
fn own_lines(stderr: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    stderr.split(|byte| *byte == b'\n').filter(|line| {
        let closing: [&[u8]; 4] = [
            b"tar: Exiting with failure status due to previous errors",
            b"tar: Error is not recoverable: exiting now",
            b"tar: Error exit delayed from previous errors",
            b"Try 'tar --help'",
        ];
        !line.is_empty() && !closing.iter().any(|text| line.starts_with(text))
    })
}

/// Why tar failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The file is no archive.
    NotAnArchive,
    /// The archive ends in the middle of a member.
    Truncated,
    /// A program that compresses or decompresses failed.
    Compression,
    /// The archive has no such member.
    MemberNotFound,
    /// There is nothing to put into the archive.
    NothingToArchive,
    /// A file or directory that was named is not there.
    FileNotFound,
    /// A file or directory may not be read or written.
    PermissionDenied,
    /// The disk is full.
    NoSpace,
    /// A file changed while it was read; the archive is there.
    FileChanged,
    /// A file went away while it was read; the archive is there.
    FileRemoved,
    /// The options are wrong.
    Usage,
    /// None of these.
    Other,
}

const fn row(kind: FailureKind, codes: &'static [i32], words: &'static [&'static str]) -> Row<FailureKind> {
    Row { kind, codes, words }
}

/// The first row that fits wins, so the causes come before what follows from them.
const TABLE: &[Row<FailureKind>] = {
    use FailureKind::*;
    &[
        row(NotAnArchive, &[2], &["tar:", "This does not look like a tar archive"]),
        row(Compression, &[2], &[": not in gzip format"]),
        row(Compression, &[2], &["File format not recognized"]),
        row(Compression, &[2], &["tar:", ": Cannot exec: "]),
        row(Truncated, &[2], &["tar:", "Unexpected EOF in archive"]),
        row(Truncated, &[2], &["tar:", " not stopped at a record boundary"]),
        row(Compression, &[2], &["tar:", "Child returned status "]),
        row(MemberNotFound, &[2], &["tar:", ": Not found in archive"]),
        row(NothingToArchive, &[2], &["tar:", "Cowardly refusing to create an empty archive"]),
        row(NoSpace, &[2], &["tar:", ": No space left on device"]),
        row(PermissionDenied, &[2], &["tar:", ": Permission denied"]),
        row(FileNotFound, &[2], &["tar:", ": No such file or directory"]),
        row(FileChanged, &[1], &["tar:", ": file changed as we read it"]),
        row(FileRemoved, &[1], &["tar:", ": File removed before we read it"]),
        row(Usage, &[2, 64], &["tar: unrecognized option "]),
        row(Usage, &[2, 64], &["tar: invalid option "]),
        row(Usage, &[2, 64], &["tar: You must specify one of the "]),
        row(Usage, &[2, 64], &["tar: Conflicting "]),
        row(Usage, &[64], &["tar:"]),
    ]
};
