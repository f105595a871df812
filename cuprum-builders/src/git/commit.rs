//! `git commit`: records the index as a commit.

use cuprum::Command;

use super::Git;
use crate::args::Pathspec;

/// Records what is in the index as a commit (git-commit(1)).
///
/// Hooks of the repository run, unless [`no_verify`](Self::no_verify) skips those that can refuse. The
/// message goes to git's standard input, so it has no length limit and shows in no process list.
/// There is no typed output: git prints prose here; ask [`log`](super::log) afterwards.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "commit",
    fixed("--file=-"),
    fn = commit,
    tier = write,
    // One less than the program's: the entry that is left out switches hooks off.
    env("GIT_CONFIG_COUNT" = "8")
)]
pub struct GitCommit {
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Puts changed and removed files into the index first; files that git does not know stay out.
    pub all: bool,
    /// Records a commit even if nothing has changed.
    pub allow_empty: bool,
    /// Replaces the last commit.
    pub amend: bool,
    /// Skips the hooks `pre-commit` and `commit-msg`.
    pub no_verify: bool,
    /// Adds a `Signed-off-by` line.
    pub signoff: bool,
    /// The message.
    #[arg(stdin)]
    pub message: String,
    /// Records these files only, whatever else is in the index.
    #[arg(last, conflicts("all"))]
    pub paths: Vec<Pathspec>,
}
