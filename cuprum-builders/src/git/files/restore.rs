//! `git restore`: puts files back.

use cuprum::Command;

use crate::args::{Pathspec, Revision};
use crate::git::{ConflictStyle, Git};

/// Puts files back as they were (git-restore(1)); their changes are lost.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "restore", fn = restore, tier = destructive)]
pub struct GitRestore {
    /// The commit or tree that they are taken from; by default the index, or `HEAD` with
    /// [`staged`](Self::staged).
    pub source: Option<Revision>,
    /// Restores the index, and not the work tree unless [`worktree`](Self::worktree) is given, too.
    pub staged: bool,
    /// Restores the work tree, which is the default.
    pub worktree: bool,
    /// Keeps files that the source does not have, or removes them; by default it does.
    #[arg(negatable)]
    pub overlay: Option<bool>,
    /// Takes our version of unmerged files.
    pub ours: bool,
    /// Takes their version of unmerged files.
    #[arg(conflicts("ours"))]
    pub theirs: bool,
    /// Makes the conflicts of unmerged files again.
    #[arg(conflicts("ours", "theirs"))]
    pub merge: bool,
    /// How these are shown.
    pub conflict: Option<ConflictStyle>,
    /// Leaves unmerged files alone.
    pub ignore_unmerged: bool,
    /// Restores files outside of the sparse checkout, too.
    pub ignore_skip_worktree_bits: bool,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Reports progress on standard error, or does not.
    #[arg(negatable)]
    pub progress: Option<bool>,
    /// The files and directories.
    #[arg(last, min = 1)]
    pub paths: Vec<Pathspec>,
}
