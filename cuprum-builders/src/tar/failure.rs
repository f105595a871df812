//! Why GNU tar failed, read from its exit code and from what it printed.
//!
//! The messages are those of the C locale, which every command of this module sets. From the GNU tar
//! manual, "The Return Codes of tar".

use super::output::{labelled, unescape};
use crate::output::{Kinds, Row, Sealed, classify};

/// A failure of tar: its kind, and the line that says so.
///
/// ```
/// use cuprum_builders::tar::{Failure, FailureKind};
///
/// let failure = Failure::classify(Some(2), b"", b"tar: x: Not found in archive\n");
/// assert_eq!(failure.kind(), FailureKind::MemberNotFound);
/// assert_eq!(failure.to_string(), "tar: x: Not found in archive");
/// assert_eq!(failure.path().unwrap().to_string(), "x");
/// ```
pub type Failure = crate::output::Failure<FailureKind>;

/// What tar said, from an error.
pub trait TarFailure {
    /// Returns why tar failed; `None` if it is the error of another program, or if tar did not run to
    /// its end: it was not found, or was stopped.
    fn tar(&self) -> Option<Failure>;
}

impl TarFailure for cuprum::Error {
    fn tar(&self) -> Option<Failure> {
        Failure::of("tar", self)
    }
}

/// Why tar failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The file is no archive.
    NotAnArchive,
    /// The archive ends in the middle of a member.
    Truncated,
    /// A program that compresses or decompresses failed, or is not there.
    Compression,
    /// The archive has no such member.
    MemberNotFound,
    /// There is nothing to put into the archive.
    NothingToArchive,
    /// A file is there already, and is not replaced.
    FileExists,
    /// A member's name leads out of the directory, and the member was left out.
    UnsafeName,
    /// A file or directory that was named is not there.
    FileNotFound,
    /// A file or directory may not be read or written.
    PermissionDenied,
    /// The disk is full, or a limit of size is reached.
    NoSpace,
    /// A file could not be looked at, for another reason.
    CannotStat,
    /// A file could not be opened or made, for another reason.
    CannotOpen,
    /// A file changed while it was read; the archive is there.
    FileChanged,
    /// A file went away while it was read; the archive is there.
    FileRemoved,
    /// The archive and the file system differ.
    Differs,
    /// The label is not the one that was asked for.
    LabelMismatch,
    /// An option is not known to this tar.
    UnknownOption,
    /// The options are wrong.
    Usage,
    /// None of these.
    Other,
}

impl Kinds for FailureKind {}

impl Sealed for FailureKind {
    fn find<'a>(code: Option<i32>, stdout: &'a [u8], stderr: &'a [u8]) -> (Self, &'a [u8]) {
        let found = classify(STDERR, code, own_lines(stderr));
        let found = found.or_else(|| classify(STDOUT, code, own_lines(stdout)));
        found.unwrap_or_else(|| (Self::Other, own_lines(stderr).last().unwrap_or_default()))
    }

    fn subject(line: &[u8]) -> Option<Vec<u8>> {
        let line = labelled(line);
        let line =
            line.strip_prefix(b"tar: ").or_else(|| line.strip_prefix(b"tar (child): ")).unwrap_or(line);
        let ends: [&[u8]; 8] = [
            b": Cannot ",
            b": Not found in archive",
            b": file changed as we read it",
            b": File removed before we read it",
            b": Warning: ",
            b": Member name contains '..'",
            b": Mod time differs",
            b" differs",
        ];
        let at = ends.iter().find_map(|end| line.windows(end.len()).position(|window| window == *end))?;
        let (name, end) = line.split_at(at);
        let name = if end == b" differs" {
            name.split_at(name.iter().rposition(|byte| *byte == b':')?).0
        } else {
            name
        };
        unescape(name).filter(|name| !name.is_empty())
    }
}

/// The lines that say something: not those that only say that tar stops.
fn own_lines(output: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    output.split(|byte| *byte == b'\n').map(labelled).filter(|line| {
        let closing: [&[u8]; 6] = [
            b"tar: Exiting with failure status due to previous errors",
            b"tar: Error is not recoverable: exiting now",
            b"tar: Error exit delayed from previous errors",
            b"tar (child): Error is not recoverable: exiting now",
            b"tar: Child returned status ",
            b"Try '",
        ];
        !line.is_empty() && !closing.iter().any(|text| line.starts_with(text))
    })
}

const fn row(kind: FailureKind, codes: &'static [i32], words: &'static [&'static str]) -> Row<FailureKind> {
    Row { kind, codes, words }
}

/// The first row that fits wins, so the causes come before what follows from them.
const STDERR: &[Row<FailureKind>] = {
    use FailureKind::*;
    &[
        row(NotAnArchive, &[2], &["tar:", "This does not look like a tar archive"]),
        row(Compression, &[2], &[": not in gzip format"]),
        row(Compression, &[2], &["File format not recognized"]),
        row(Compression, &[2], &["bzip2: ", " is not a bzip2 file"]),
        row(Compression, &[2], &["zstd: ", "unsupported format"]),
        row(Compression, &[2], &["tar (child): ", ": Cannot exec: "]),
        row(Truncated, &[2], &["tar:", "Unexpected EOF in archive"]),
        row(Truncated, &[2], &["tar:", " not stopped at a record boundary"]),
        row(Truncated, &[2], &[": unexpected end of file"]),
        row(Compression, &[2], &["gzip: "]),
        row(MemberNotFound, &[2], &["tar:", ": Not found in archive"]),
        row(NothingToArchive, &[2], &["tar:", "Cowardly refusing to create an empty archive"]),
        row(UnsafeName, &[2], &["tar:", ": Member name contains '..'"]),
        row(FileExists, &[2], &["tar:", ": File exists"]),
        row(NoSpace, &[2], &["tar:", ": No space left on device"]),
        row(NoSpace, &[2], &["tar:", ": File too large"]),
        row(PermissionDenied, &[2], &["tar:", ": Permission denied"]),
        row(PermissionDenied, &[2], &["tar:", ": Operation not permitted"]),
        row(FileNotFound, &[2], &["tar:", ": No such file or directory"]),
        row(CannotStat, &[2], &["tar:", ": Cannot stat: "]),
        row(CannotOpen, &[2], &["tar:", ": Cannot open: "]),
        row(CannotOpen, &[2], &["tar:", ": Cannot mk"]),
        row(CannotOpen, &[2], &["tar:", ": Cannot create "]),
        row(FileChanged, &[1], &["tar:", ": file changed as we read it"]),
        row(FileRemoved, &[1], &["tar:", ": File removed before we read it"]),
        row(Differs, &[1], &["tar:", ": Warning: Cannot stat: "]),
        row(LabelMismatch, &[1, 2], &["tar:", "Archive label mismatch"]),
        row(LabelMismatch, &[2], &["tar:", "Volume '", "' does not match '"]),
        row(LabelMismatch, &[2], &["tar:", "Archive not labeled to match "]),
        row(UnknownOption, &[2, 64], &["tar: unrecognized option "]),
        row(UnknownOption, &[2, 64], &["tar: invalid option "]),
        row(Usage, &[2, 64], &["tar: You must specify one of the "]),
        row(Usage, &[2, 64], &["tar: Conflicting "]),
        row(Usage, &[2, 64], &["tar: '-", "' cannot be used with '-"]),
        row(Usage, &[64], &["tar:"]),
    ]
};

/// Differences are the output that was asked for, so tar prints them there.
const STDOUT: &[Row<FailureKind>] = &[row(FailureKind::Differs, &[1], &[" differs"])];
