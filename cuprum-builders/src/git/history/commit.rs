//! `git commit`: records the index as a commit.

use cuprum::{Args, Command};

use crate::args::{GitDate, Identity, Pathspec, Revision};
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Cleanup, Git, UntrackedFiles};

/// Records what is in the index as a commit (git-commit(1)).
///
/// Hooks of the repository run, unless [`no_verify`](Self::no_verify) skips those that can refuse. The
/// message goes to git's standard input, so it has no length limit and shows in no process list. There is
/// no typed output: git prints prose here; ask [`log`](crate::git::log()) afterwards.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "commit",
    fixed("--file=-"),
    fn = commit,
    env("GIT_CONFIG_COUNT" = "22"),
    tier = write
)]
pub struct GitCommit {
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Puts changed and removed files into the index first; files that git does not know stay out.
    pub all: bool,
    /// Puts the files into the index first, and records the whole index.
    #[arg(requires("paths"))]
    pub include: bool,
    /// Records these files only, which is the default where there are any.
    #[arg(conflicts("include", "all"))]
    pub only: bool,
    /// Records a commit even if nothing has changed.
    pub allow_empty: bool,
    /// Replaces the last commit.
    pub amend: bool,
    /// Skips the hooks `pre-commit` and `commit-msg`.
    pub no_verify: bool,
    /// Skips the hook `post-rewrite`.
    pub no_post_rewrite: bool,
    /// Adds a `Signed-off-by` line.
    pub signoff: bool,
    /// Who wrote the change, instead of who commits.
    pub author: Option<Identity>,
    /// When it was written.
    pub date: Option<GitDate>,
    /// Takes who commits, and the time, for the author.
    #[arg(requires("amend"))]
    pub reset_author: bool,
    /// Puts `squash!` and the first line of that commit before the message, for a later rebase.
    pub squash: Option<Revision>,
    /// How the message is cleaned up.
    pub cleanup: Option<Cleanup>,
    /// Takes a message without text.
    pub allow_empty_message: bool,
    /// Which files that git does not know its summary lists.
    pub untracked_files: Option<UntrackedFiles>,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::CommitUnchecked,
    /// The message.
    #[arg(stdin)]
    pub message: String,
    /// Records these files only, whatever else is in the index.
    #[arg(last, conflicts("all"))]
    pub paths: Vec<Pathspec>,
}

/// Records what is in the index as a commit with the message of another (git-commit(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "commit",
    fixed("--no-edit"),
    fn = commit_reuse,
    env("GIT_CONFIG_COUNT" = "22"),
    tier = write
)]
pub struct GitCommitReuse {
    /// Which message.
    #[arg(flatten, required)]
    pub message: ReusedMessage,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Puts changed and removed files into the index first.
    pub all: bool,
    /// Records a commit even if nothing has changed.
    pub allow_empty: bool,
    /// Skips the hooks `pre-commit` and `commit-msg`.
    pub no_verify: bool,
    /// Skips the hook `post-rewrite`.
    pub no_post_rewrite: bool,
    /// Adds a `Signed-off-by` line.
    pub signoff: bool,
    /// Takes who commits, and the time, for the author.
    pub reset_author: bool,
    /// Records these files only, whatever else is in the index.
    #[arg(last, conflicts("all"))]
    pub paths: Vec<Pathspec>,
}

/// Whose message a commit gets.
#[derive(Clone, Debug, Args)]
pub enum ReusedMessage {
    /// That of the last commit, which is replaced.
    Amend,
    /// That of this commit, and its author and time.
    ReuseMessage(Revision),
    /// That of this commit with `fixup!` before it, for a later rebase.
    Fixup(Revision),
}

/// Lists what [`commit`] would record, in the first format of `git status --porcelain -z`.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "commit",
    fixed("--dry-run", "--porcelain", "--null"),
    fn = commit_dry_run,
    ok(0, 1),
    output = Vec<u8>,
    env("GIT_OPTIONAL_LOCKS" = "0"),
    tier = read
)]
pub struct GitCommitDryRun {
    /// Names the branch, too.
    pub branch: bool,
    /// Counts how far the branch and its upstream are apart, or does not.
    #[arg(negatable)]
    pub ahead_behind: Option<bool>,
    /// As if changed and removed files were in the index.
    pub all: bool,
    /// Which files that git does not know are listed.
    pub untracked_files: Option<UntrackedFiles>,
    /// As if these files only were recorded.
    #[arg(last, conflicts("all"))]
    pub paths: Vec<Pathspec>,
}
