//! Why rsync failed, read from its exit code and from what it printed.
//!
//! The exit code says it all; the kinds are those of rsync(1), "Exit Values".

use std::fmt;

use cuprum::Outcome;

use crate::output::RawText;

/// A failure of rsync: its kind, and the line that says so.
///
/// ```
/// use cuprum_builders::rsync::{Failure, FailureKind};
///
/// let failure = Failure::classify(Some(30), b"rsync error: timeout in data send/receive (code 30)\n");
/// assert_eq!(failure.kind(), FailureKind::Timeout);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    kind: FailureKind,
    line: RawText,
}

impl Failure {
    /// Reads the failure of a run; `None` if rsync exited with 0.
    pub fn read(outcome: &Outcome) -> Option<Self> {
        let status = outcome.status();
        (!status.success()).then(|| Self::classify(status.code(), outcome.stderr().bytes()))
    }

    /// Reads a failure from the exit code (`None` after a signal) and from standard error.
    pub fn classify(code: Option<i32>, stderr: &[u8]) -> Self {
        let row = TABLE.iter().find(|(codes, _)| code.is_some_and(|code| codes.contains(&code)));
        let kind = row.map_or(FailureKind::Other, |(_, kind)| *kind);
        Self { kind, line: RawText::new(decisive_line(stderr)) }
    }

    /// Returns the kind.
    pub fn kind(&self) -> FailureKind {
        self.kind
    }

    /// Returns the line of rsync's output that says why; empty if rsync printed nothing.
    pub fn line(&self) -> &RawText {
        &self.line
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}

/// Returns the first line that names a cause, which the later ones follow from; else the last line.
fn decisive_line(stderr: &[u8]) -> &[u8] {
    let lines = || stderr.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let cause = lines().find(|line| line.starts_with(b"rsync: "));
    cause.or_else(|| lines().next_back()).unwrap_or_default()
}

/// Why rsync failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The options are wrong, or ask for what this rsync cannot do.
    Usage,
    /// The two sides do not understand each other.
    Protocol,
    /// A file to read or a directory to write into cannot be used.
    FileSelection,
    /// A socket failed.
    Network,
    /// A file could not be read or written.
    FileIo,
    /// The other side, or the shell that reaches it, went away.
    ConnectionLost,
    /// The shell that reaches the other side cannot be started.
    RemoteShell,
    /// Some files could not be transferred; the others were.
    PartialTransfer,
    /// Some files went away before they could be transferred; the others were.
    FilesVanished,
    /// There was more to delete than is allowed.
    DeleteLimit,
    /// Nothing came from the other side for too long.
    Timeout,
    /// A signal ended it.
    Interrupted,
    /// It ran out of memory.
    OutOfMemory,
    /// None of these.
    Other,
}

const TABLE: &[(&[i32], FailureKind)] = &[
    (&[1, 4, 6], FailureKind::Usage),
    (&[2, 5], FailureKind::Protocol),
    (&[3], FailureKind::FileSelection),
    (&[10], FailureKind::Network),
    (&[11], FailureKind::FileIo),
    (&[12], FailureKind::ConnectionLost),
    (&[14, 124, 125, 126, 127, 255], FailureKind::RemoteShell),
    (&[19, 20], FailureKind::Interrupted),
    (&[22], FailureKind::OutOfMemory),
    (&[23], FailureKind::PartialTransfer),
    (&[24], FailureKind::FilesVanished),
    (&[25], FailureKind::DeleteLimit),
    (&[30, 35], FailureKind::Timeout),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_cause_is_shown() {
        let stderr = b"rsync: [sender] Failed to exec x: No such file or directory (2)\n\
            rsync error: error in IPC code (code 14) at pipe.c(85) [sender=3.2.7]\n";
        let failure = Failure::classify(Some(14), stderr);
        assert_eq!(failure.kind(), FailureKind::RemoteShell);
        assert_eq!(failure.to_string(), "rsync: [sender] Failed to exec x: No such file or directory (2)");
    }

    #[test]
    fn no_exit_code_stands_for_two_kinds() {
        let mut codes: Vec<i32> = TABLE.iter().flat_map(|(codes, _)| codes.iter().copied()).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        assert_eq!(Failure::classify(None, b"").kind(), FailureKind::Other);
        assert_eq!(Failure::classify(Some(99), b"x\ny\n").to_string(), "y");
    }
}
