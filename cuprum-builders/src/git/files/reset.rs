//! `git reset`: moves the branch, or takes files out of the index.

use cuprum::{Args, Command};

use crate::args::{Pathspec, Revision};
use crate::git::Git;

/// Moves the current branch to a commit (git-reset(1)).
///
/// [`ResetMode::Hard`] loses the changes of the work tree; look at [`status`](crate::git::status()) first.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "reset", fn = reset, tier = destructive)]
pub struct GitReset {
    /// What else becomes as the commit.
    #[arg(flatten, required)]
    pub mode: ResetMode,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Looks at the work tree afterwards, or does not; by default it does.
    #[arg(negatable)]
    pub refresh: Option<bool>,
    /// Keeps entries that are not in the commit as intended to be added.
    pub intent_to_add: bool,
    /// The commit; `HEAD` by default.
    #[arg(positional, always)]
    pub to: Option<Revision>,
}

/// What becomes as the commit.
#[derive(Clone, Debug, Args)]
pub enum ResetMode {
    /// The branch only.
    Soft,
    /// The index, too.
    Mixed,
    /// The index and the work tree, too.
    #[arg(danger = "loss")]
    Hard,
    /// The index and the work tree, too, but for changes that are not in the index.
    Merge,
    /// The index and the work tree, too, but it fails where changes would be lost.
    Keep,
}

/// Takes files out of the index: makes their entries as they are in a commit (git-reset(1)).
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "reset", fn = unstage, tier = write)]
pub struct GitUnstage {
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Looks at the work tree afterwards, or does not; by default it does.
    #[arg(negatable)]
    pub refresh: Option<bool>,
    /// Keeps entries that are not in the commit as intended to be added.
    pub intent_to_add: bool,
    /// The commit; `HEAD` by default.
    #[arg(positional)]
    pub from: Option<Revision>,
    /// The files and directories.
    #[arg(last, min = 1)]
    pub paths: Vec<Pathspec>,
}
