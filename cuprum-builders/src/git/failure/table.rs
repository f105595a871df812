//! The words by which git says why it failed.

use super::FailureKind;
use crate::output::Row;

/// The kind of a row, and the words that it is found by.
pub(super) type Kind = (FailureKind, &'static [&'static str]);

const fn row(kind: FailureKind, codes: &'static [i32], words: &'static [&'static str]) -> Row<Kind> {
    Row { kind: (kind, words), codes, words }
}

/// What git says on standard error. The first row that fits wins, so the more precise ones come first.
pub(super) const STDERR: &[Row<Kind>] = {
    use FailureKind::*;
    &[
        row(NotARepository, &[128], &["fatal: not a git repository"]),
        row(DubiousOwnership, &[128], &["fatal: detected dubious ownership in repository at '"]),
        row(Locked, &[], &["Unable to create '", ".lock': File exists"]),
        row(Locked, &[], &["cannot lock ref '", "': Unable to create"]),
        row(Locked, &[], &["cannot lock ref '", "File exists"]),
        row(RefChanged, &[], &["cannot lock ref '", "but expected "]),
        row(RefChanged, &[], &["cannot lock ref '", "': reference already exists"]),
        row(UnbornBranch, &[128], &["your current branch '", "' does not have any commits yet"]),
        row(UnknownRevision, &[], &["ambiguous argument '", "': unknown revision"]),
        row(UnknownRevision, &[], &["fatal: bad revision '"]),
        row(UnknownRevision, &[128], &["fatal: bad object "]),
        row(UnknownRevision, &[128], &["fatal: Needed a single revision"]),
        row(UnknownRevision, &[], &["ot a valid object name"]),
        row(UnknownRevision, &[128], &["fatal: invalid reference: "]),
        row(UnknownRevision, &[128], &["fatal: not a valid commit name "]),
        row(UnknownRevision, &[128], &["fatal: path '", "' does not exist in '"]),
        row(UnknownRevision, &[128], &["fatal: path '", "' exists on disk, but not in "]),
        row(UnknownRevision, &[128], &["fatal: path '", "' is in the index, but not at stage "]),
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
        // What ssh offered stands in the parentheses.
        row(AuthFailed, &[128], &[": Permission denied ("]),
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
        row(Network, &[128], &["error: RPC failed"]),
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
        row(IdentityUnknown, &[128], &["auto-detection is disabled"]),
        row(NoNames, &[128], &["cannot describe anything"]),
        row(InvalidConfigKey, &[1, 2], &["error: key does not contain a section: "]),
        row(InvalidConfigKey, &[1, 2], &["error: key does not contain variable name: "]),
        row(InvalidConfigKey, &[1, 2], &["error: invalid key: "]),
        row(UnknownOption, &[129], &["error: unknown option `", "'"]),
        row(UnknownOption, &[129], &["error: unknown switch `", "'"]),
        row(UnknownOption, &[129], &["error: unknown "]),
        row(UnknownCommand, &[1], &["git: '", "' is not a git command."]),
    ]
};

/// What git says on standard output only.
pub(super) const STDOUT: &[Row<Kind>] = {
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
