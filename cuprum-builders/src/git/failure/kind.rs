//! The kinds of failures.

/// Why git failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The directory is in no repository.
    NotARepository,
    /// The repository has no work tree, or the directory is not in it.
    NoWorkTree,
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
    /// A merge, rebase, or the like is going on.
    InProgress,
    /// None is.
    NothingInProgress,
    /// There are changes that are not committed, where there must be none.
    UncommittedChanges,
    /// A patch does not fit.
    PatchDoesNotFit,
    /// A text is no patch, or holds none.
    NoPatch,
    /// A patch leads out of the work tree, through a link, or into git's own files.
    UnsafePath,
    /// The two sides have no common commit.
    UnrelatedHistories,
    /// The side that is updated has commits that the other one does not have.
    NonFastForward,
    /// The other side has another tag of that name.
    TagChanged,
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
    /// The ref does not name what was expected.
    RefChanged,
    /// The text is no name of a configuration variable.
    InvalidConfigKey,
    /// This git does not know the option.
    UnknownOption,
    /// This git does not know the command.
    UnknownCommand,
    /// None of these.
    Other,
}
