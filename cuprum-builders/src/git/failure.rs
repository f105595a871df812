//! Why git failed, read from its exit code and from what it printed.
//!
//! Git has no machine-readable errors. Its messages are stable in the C locale, which a command that
//! is read this way must set (`LC_ALL=C`). The table holds the words to look for.

use std::fmt;

use cuprum::Outcome;

use crate::output::{RawText, Row, classify};

/// A failure of git: its kind, and the line that says so.
///
/// ```
/// use cuprum_builders::git::{Failure, FailureKind};
///
/// let failure = Failure::classify(Some(128), b"", b"fatal: not a git repository\n");
/// assert_eq!(failure.kind(), FailureKind::NotARepository);
/// assert_eq!(failure.to_string(), "fatal: not a git repository");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    kind: FailureKind,
    line: RawText,
}

impl Failure {
    /// Reads the failure of a run; `None` if git exited with 0.
    pub fn read(outcome: &Outcome) -> Option<Self> {
        let (stdout, stderr) = (outcome.stdout().bytes(), outcome.stderr().bytes());
        (!outcome.status().success()).then(|| Self::classify(outcome.status().code(), stdout, stderr))
    }

    /// Reads a failure from the exit code (`None` after a signal) and from what git printed.
    ///
    /// Lines that the other side of a connection or a list of files could have written are not looked
    /// at.
    pub fn classify(code: Option<i32>, stdout: &[u8], stderr: &[u8]) -> Self {
        let found = classify(STDERR, code, own_lines(stderr));
        let found = found.or_else(|| classify(STDOUT, code, own_lines(stdout)));
        let (kind, line) = found.unwrap_or_else(|| (FailureKind::Other, decisive_line(stderr)));
        Self { kind, line: RawText::new(line) }
    }

    /// Returns the kind.
    pub fn kind(&self) -> FailureKind {
        self.kind
    }

    /// Returns the line of git's output that says why; empty if git printed nothing.
    pub fn line(&self) -> &RawText {
        &self.line
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}

/// Returns the last `fatal:` line, else the last `error:` line, else the last line; empty if there is
/// none.
fn decisive_line(stderr: &[u8]) -> &[u8] {
    let last = |label: &[u8]| own_lines(stderr).filter(|line| line.starts_with(label)).last();
    last(b"fatal:").or_else(|| last(b"error:")).or_else(|| last(b"")).unwrap_or_default()
}

/// The lines that are git's own words: not those of the other side, of hints, or of a list of files.
/// Progress ends with a carriage return, so it is a line, too.
fn own_lines(output: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    let lines = output.split(|byte| matches!(byte, b'\n' | b'\r'));
    lines.filter(|line| {
        let foreign: [&[u8]; 3] = [b"remote: ", b"hint:", b"\t"];
        !line.is_empty() && !foreign.iter().any(|label| line.starts_with(label))
    })
}

/// Why git failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The directory is in no repository.
    NotARepository,
    /// The repository belongs to another user.
    DubiousOwnership,
    /// A lock file is there: another git runs, or one was killed.
    Locked,
    /// A revision or ref is not known.
    UnknownRevision,
    /// A path matches no file.
    PathspecNoMatch,
    /// The branch has no commit yet.
    UnbornBranch,
    /// Changed files would be overwritten.
    LocalChangesOverwritten,
    /// Untracked files would be overwritten.
    UntrackedOverwritten,
    /// A merge, rebase or similar needs a person.
    Conflict,
    /// The two sides have no common commit.
    UnrelatedHistories,
    /// The other side has commits that are not here.
    NonFastForward,
    /// The other side does not have the commit that the lease names.
    StaleLease,
    /// A hook or a rule of the other side refused.
    RemoteRejected,
    /// There is no such source to push.
    RefspecNoMatch,
    /// The other side has no such ref.
    RemoteRefMissing,
    /// There is no repository at the address, or it is not shown to us.
    RemoteNotFound,
    /// A name and password are needed.
    AuthRequired,
    /// The name and password, or the key, were refused.
    AuthFailed,
    /// The server knows us and refuses.
    Forbidden,
    /// The key of the host is not the known one, or there is none.
    HostKeyUnknown,
    /// The host cannot be reached, or the connection broke.
    Network,
    /// The transport is not allowed.
    ProtocolBlocked,
    /// The directory to clone into is there and not empty.
    DestinationExists,
    /// A branch or tag of that name is there.
    RefExists,
    /// The text is no name of a branch or tag.
    InvalidRefName,
    /// The branch has commits that are nowhere else.
    NotFullyMerged,
    /// The branch is checked out in another work tree.
    CheckedOutElsewhere,
    /// Git does not know who commits.
    IdentityUnknown,
    /// There is no change to commit.
    NothingToCommit,
    /// The stash is empty.
    NoStash,
    /// No name describes the commit.
    NoNames,
    /// This git does not know the option.
    UnknownOption,
    /// This git does not know the command.
    UnknownCommand,
    /// None of these.
    Other,
}

const fn row(kind: FailureKind, codes: &'static [i32], words: &'static [&'static str]) -> Row<FailureKind> {
    Row { kind, codes, words }
}

/// What git says on standard error. The first row that fits wins, so the more precise ones come first.
const STDERR: &[Row<FailureKind>] = {
    use FailureKind::*;
    &[
        row(NotARepository, &[128], &["fatal: not a git repository"]),
        row(DubiousOwnership, &[128], &["fatal: detected dubious ownership in repository at '"]),
        row(Locked, &[], &["Unable to create '", ".lock': File exists"]),
        row(Locked, &[], &["cannot lock ref '", "File exists"]),
        row(UnbornBranch, &[128], &["your current branch '", "' does not have any commits yet"]),
        row(UnknownRevision, &[], &["ambiguous argument '", "': unknown revision"]),
        row(UnknownRevision, &[], &["fatal: bad revision '"]),
        row(UnknownRevision, &[128], &["fatal: bad object "]),
        row(UnknownRevision, &[128], &["fatal: Needed a single revision"]),
        row(UnknownRevision, &[], &["ot a valid object name"]),
        row(UnknownRevision, &[128], &["fatal: invalid reference: "]),
        row(UnknownRevision, &[128], &["fatal: not a valid commit name "]),
        row(PathspecNoMatch, &[1, 128], &["pathspec '", "' did not match any file"]),
        row(LocalChangesOverwritten, &[], &["our local changes to the following files would be overwritten"]),
        row(UntrackedOverwritten, &[], &["untracked working tree files would be overwritten"]),
        row(UnrelatedHistories, &[128], &["fatal: refusing to merge unrelated histories"]),
        row(Conflict, &[1], &["could not apply "]),
        row(Conflict, &[1], &["error: could not revert "]),
        row(Conflict, &[128], &["is not possible because you have unmerged files"]),
        row(StaleLease, &[1], &[" ! [rejected]", "(stale info)"]),
        row(NonFastForward, &[1], &[" ! [rejected]", "(non-fast-forward)"]),
        row(NonFastForward, &[1], &[" ! [rejected]", "(fetch first)"]),
        row(NonFastForward, &[128], &["fatal: Not possible to fast-forward"]),
        row(RemoteRejected, &[1], &[" ! [remote rejected]"]),
        row(RefspecNoMatch, &[1], &["error: src refspec ", " does not match any"]),
        row(RemoteRefMissing, &[128], &["fatal: couldn't find remote ref "]),
        row(RemoteRefMissing, &[128], &["fatal: Remote branch ", " not found in upstream"]),
        row(ProtocolBlocked, &[128], &["fatal: transport '", "' not allowed"]),
        row(DestinationExists, &[128], &["fatal: destination path '", "already exists and is not an empty"]),
        row(HostKeyUnknown, &[128], &["Host key verification failed."]),
        row(AuthFailed, &[128], &["Permission denied (publickey"]),
        row(AuthFailed, &[128], &["fatal: Authentication failed for "]),
        row(AuthRequired, &[128], &["fatal: could not read Username for '"]),
        row(AuthRequired, &[128], &["fatal: could not read Password for '"]),
        row(Forbidden, &[128], &["fatal: unable to access '", "returned error: 403"]),
        row(RemoteNotFound, &[128], &["fatal: repository '", "' not found"]),
        row(RemoteNotFound, &[128], &["fatal: repository '", "' does not exist"]),
        row(RemoteNotFound, &[128], &["fatal: '", "' does not appear to be a git repository"]),
        row(RemoteNotFound, &[128], &["fatal: No such remote"]),
        row(Network, &[128], &["Could not resolve host"]),
        row(Network, &[128], &["fatal: unable to access '"]),
        row(Network, &[128], &["fatal: unable to connect to "]),
        row(Network, &[128], &["fatal: early EOF"]),
        row(Network, &[128], &["fatal: the remote end hung up unexpectedly"]),
        row(Network, &[128], &["ssh: connect to host "]),
        row(RemoteNotFound, &[128], &["fatal: Could not read from remote repository."]),
        row(RefExists, &[128], &["fatal: a branch named '", "' already exists"]),
        row(RefExists, &[128], &["fatal: tag '", "' already exists"]),
        row(InvalidRefName, &[128], &["fatal: '", "' is not a valid branch name"]),
        row(InvalidRefName, &[128], &["fatal: '", "' is not a valid tag name"]),
        row(NotFullyMerged, &[1], &["he branch '", "' is not fully merged"]),
        row(CheckedOutElsewhere, &[128, 1], &["' is already used by worktree at '"]),
        row(CheckedOutElsewhere, &[128, 1], &["' is already checked out at '"]),
        row(CheckedOutElsewhere, &[128, 1], &["cannot delete branch '", "' used by worktree at '"]),
        row(IdentityUnknown, &[128], &["fatal: empty ident name"]),
        row(IdentityUnknown, &[128], &["fatal: no email was given"]),
        row(IdentityUnknown, &[128], &["fatal: no name was given"]),
        row(IdentityUnknown, &[128], &["fatal: unable to auto-detect email address"]),
        row(IdentityUnknown, &[128], &["Please tell me who you are"]),
        row(NoStash, &[1], &["No stash entries found."]),
        row(NoNames, &[128], &["fatal: No names found, cannot describe"]),
        row(NoNames, &[128], &["fatal: No tags can describe"]),
        row(UnknownOption, &[129], &["error: unknown "]),
        row(UnknownCommand, &[1], &["git: '", "' is not a git command."]),
    ]
};

/// What git says on standard output only.
const STDOUT: &[Row<FailureKind>] = {
    use FailureKind::*;
    &[
        row(NothingToCommit, &[1], &["nothing to commit"]),
        row(NothingToCommit, &[1], &["nothing added to commit"]),
        row(NothingToCommit, &[1], &["no changes added to commit"]),
        row(Conflict, &[1], &["CONFLICT ("]),
        row(StaleLease, &[1], &["[rejected] (stale info)"]),
        row(NonFastForward, &[1], &["[rejected] (non-fast-forward)"]),
        row(NonFastForward, &[1], &["[rejected] (fetch first)"]),
        row(RemoteRejected, &[1], &["[remote rejected] ("]),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: i32, stderr: &str, expected: (FailureKind, &str)) {
        let failure = Failure::classify(Some(code), b"", stderr.as_bytes());
        assert_eq!((failure.kind(), failure.to_string().as_str()), expected);
    }

    #[test]
    fn the_precise_line_wins_over_the_last_one() {
        check(
            128,
            "fatal: 'x' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\n\
             Please make sure you have the correct access rights\nand the repository exists.\n",
            (FailureKind::RemoteNotFound, "fatal: 'x' does not appear to be a git repository"),
        );
    }

    #[test]
    fn the_other_side_cannot_choose_the_kind() {
        check(
            128,
            "remote: fatal: not a git repository\nfatal: protocol error: bad line length\n",
            (FailureKind::Other, "fatal: protocol error: bad line length"),
        );
        check(1, "error: nope\n\tpathspec 'a' did not match any file\n", (FailureKind::Other, "error: nope"));
    }

    #[test]
    fn without_a_fatal_line_the_last_error_is_shown() {
        check(1, "error: one\nerror: two\nhint: x\nDone\n", (FailureKind::Other, "error: two"));
        check(1, "one\ntwo\n", (FailureKind::Other, "two"));
        check(1, "", (FailureKind::Other, ""));
    }

    #[test]
    fn a_run_that_succeeded_has_no_failure() {
        use cuprum::ExitStatus;
        use cuprum::outcome::Captured;
        let outcome = |status| Outcome::new(status, Captured::default(), Captured::whole("fatal: x"));
        assert_eq!(Failure::read(&outcome(ExitStatus::Code(0))), None);
        assert_eq!(Failure::read(&outcome(ExitStatus::Signal(9))).unwrap().kind(), FailureKind::Other);
    }
}
