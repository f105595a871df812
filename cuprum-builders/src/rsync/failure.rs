//! Why rsync failed, read from its exit code and from what it printed.
//!
//! The exit code says what went wrong, and is the same on every host (rsync(1), "Exit Values"). A few
//! words of standard error say it more exactly: what the remote shell complains of, for example.

use super::output::unescape;
use crate::output::{Kinds, Row, Sealed, classify};

/// A failure of rsync: its kind, and the line that says so.
///
/// ```
/// use cuprum_builders::rsync::{Failure, FailureKind};
///
/// let stderr = b"rsync error: timeout in data send/receive (code 30)\n";
/// assert_eq!(Failure::classify(Some(30), b"", stderr).kind(), FailureKind::Timeout);
/// let stderr = b"rsync: [sender] link_stat \"/srv/a\" failed: No such file or directory (2)\n";
/// let failure = Failure::classify(Some(23), b"", stderr);
/// assert_eq!(failure.kind(), FailureKind::SourceNotFound);
/// assert_eq!(failure.path().unwrap().to_string(), "/srv/a");
/// ```
pub type Failure = crate::output::Failure<FailureKind>;

/// What rsync said, from an error.
pub trait RsyncFailure {
    /// Returns why rsync failed; `None` if it is the error of another program, or if rsync did not run
    /// to its end: it was not found, or was stopped.
    fn rsync(&self) -> Option<Failure>;
}

impl RsyncFailure for cuprum::Error {
    fn rsync(&self) -> Option<Failure> {
        Failure::of("rsync", self)
    }
}

/// Why rsync failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The options are wrong, or ask for what this rsync cannot do.
    Usage,
    /// An option is not known to this rsync, or to the one on the other side.
    UnknownOption,
    /// Source and destination are both on other hosts.
    BothRemote,
    /// The two sides do not understand each other.
    Protocol,
    /// A file to read or a directory to write into cannot be used.
    FileSelection,
    /// A socket failed, or a name has no address.
    Network,
    /// A file could not be read or written.
    FileIo,
    /// The disk of the receiving side is full.
    NoSpace,
    /// The other side, or the shell that reaches it, went away.
    ConnectionLost,
    /// The shell that reaches the other side cannot be started, or failed.
    RemoteShell,
    /// There is no rsync on the other side.
    RemoteProgramNotFound,
    /// The other side does not let this user in.
    PermissionDenied,
    /// The key of the other side is not known, or is not the one that is.
    HostKeyUnknown,
    /// Diagnostics or the log could not be written.
    Diagnostics,
    /// A process of rsync failed.
    Ipc,
    /// A source is not there; the others were transferred.
    SourceNotFound,
    /// Some files could not be transferred; the others were.
    PartialTransfer,
    /// Some files went away before they could be transferred; the others were.
    FilesVanished,
    /// There was more to delete than is allowed.
    DeleteLimit,
    /// Nothing came from the other side for too long, or no connection in time.
    Timeout,
    /// A signal ended it.
    Interrupted,
    /// It ran out of memory.
    OutOfMemory,
    /// None of these.
    Other,
}

impl Kinds for FailureKind {}

impl Sealed for FailureKind {
    fn find<'a>(code: Option<i32>, _: &'a [u8], stderr: &'a [u8]) -> (Self, &'a [u8]) {
        let lines = || stderr.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty());
        if let Some(found) = classify(WORDS, code, lines()) {
            return found;
        }
        let row = CODES.iter().find(|(codes, _)| code.is_some_and(|code| codes.contains(&code)));
        let kind = row.map_or(Self::Other, |(_, kind)| *kind);
        // The first line that names a cause, which the later ones follow from; else the last line.
        let cause = lines().find(|line| line.starts_with(b"rsync: "));
        (kind, cause.or_else(|| lines().next_back()).unwrap_or_default())
    }

    fn subject(line: &[u8]) -> Option<Vec<u8>> {
        let start = line.iter().position(|byte| *byte == b'"')? + 1;
        let rest = line.get(start..)?;
        let end = rest.windows(2).position(|two| matches!(two, b"\" " | b"\":"));
        let end = end.or_else(|| rest.iter().rposition(|byte| *byte == b'"'))?;
        rest.get(..end).filter(|name| !name.is_empty()).map(unescape)
    }
}

const fn row(kind: FailureKind, codes: &'static [i32], words: &'static [&'static str]) -> Row<FailureKind> {
    Row { kind, codes, words }
}

/// What a line says more exactly than the exit code; the first row that fits wins.
///
/// Rows without a label are the words of ssh, which passes its messages on as they are.
const WORDS: &[Row<FailureKind>] = {
    use FailureKind::*;
    &[
        row(BothRemote, &[1], &["source and destination cannot both be remote"]),
        row(UnknownOption, &[1, 12], &["rsync:", ": unknown option"]),
        row(RemoteShell, &[12, 14], &["rsync:", "Failed to exec ", ": No such file or directory"]),
        row(HostKeyUnknown, &[12, 255], &["Host key verification failed."]),
        row(PermissionDenied, &[12, 255], &[": Permission denied (publickey"]),
        row(PermissionDenied, &[12, 255], &["Permission denied, please try again."]),
        row(Network, &[12, 255], &["ssh:", "Could not resolve hostname "]),
        row(Network, &[12, 255], &["ssh:", "connect to host ", ": Connection refused"]),
        row(Network, &[12, 255], &["ssh:", "connect to host ", ": No route to host"]),
        row(Timeout, &[12, 255], &["ssh:", "connect to host ", ": Connection timed out"]),
        row(RemoteProgramNotFound, &[12, 127], &["rsync: command not found"]),
        row(RemoteProgramNotFound, &[12, 127], &["rsync: not found"]),
        row(NoSpace, &[11, 12, 23], &["rsync:", ": No space left on device"]),
        row(SourceNotFound, &[23], &["rsync:", "link_stat \"", "\" failed: No such file or directory"]),
    ]
};

const CODES: &[(&[i32], FailureKind)] = &[
    (&[1, 4, 6], FailureKind::Usage),
    (&[2, 5], FailureKind::Protocol),
    (&[3], FailureKind::FileSelection),
    (&[10], FailureKind::Network),
    (&[11], FailureKind::FileIo),
    (&[12], FailureKind::ConnectionLost),
    (&[13], FailureKind::Diagnostics),
    (&[15, 16, 21], FailureKind::Ipc),
    (&[14, 124, 125, 126, 255], FailureKind::RemoteShell),
    (&[127], FailureKind::RemoteProgramNotFound),
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
        let failure = Failure::classify(Some(14), b"", stderr);
        assert_eq!(failure.kind(), FailureKind::RemoteShell);
        assert_eq!(failure.to_string(), "rsync: [sender] Failed to exec x: No such file or directory (2)");
        assert_eq!(failure.path(), None);
    }

    #[test]
    fn no_exit_code_stands_for_two_kinds() {
        let mut codes: Vec<i32> = CODES.iter().flat_map(|(codes, _)| codes.iter().copied()).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        assert_eq!(Failure::classify(None, b"", b"").kind(), FailureKind::Other);
        assert_eq!(Failure::classify(Some(99), b"", b"x\ny\n").to_string(), "y");
    }

    #[test]
    fn what_ssh_says_is_a_kind() {
        let kind = |line: &str| Failure::classify(Some(255), b"", line.as_bytes()).kind();
        assert_eq!(kind("u@h: Permission denied (publickey,password).\n"), FailureKind::PermissionDenied);
        assert_eq!(kind("Host key verification failed.\r\n"), FailureKind::HostKeyUnknown);
        assert_eq!(
            kind("ssh: Could not resolve hostname h: Name or service not known\n"),
            FailureKind::Network
        );
        assert_eq!(kind("something else\n"), FailureKind::RemoteShell);
    }

    #[test]
    fn the_file_at_fault_is_read_unescaped() {
        let line = br#"rsync: [sender] send_files failed to open "/a\#012 "b": Permission denied (13)"#;
        let failure = Failure::classify(Some(23), b"", line);
        assert_eq!(failure.path().unwrap().as_bytes(), b"/a\n \"b");
    }
}
