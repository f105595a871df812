//! `git worktree`: more than one work tree.

use cuprum::{Args, Command};

use crate::args::{GitDate, GitRef, Revision, SafePath};
use crate::git::{Git, Worktree};

/// Lists the work trees of a repository (git-worktree(1)); since git 2.36.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["worktree", "list"],
    fixed("--porcelain"),
    fn = worktree_list,
    output = Vec<Worktree>,
    parse = Worktree::read_list,
    tier = read
)]
pub struct GitWorktreeList {
    /// How git ends what it prints.
    #[arg(flatten)]
    pub ends: WorktreeEnds,
    /// Only those as prunable that were gone then.
    pub expire: Option<GitDate>,
}

/// How git ends what it prints of a work tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Args)]
pub enum WorktreeEnds {
    /// By NUL, so that a path and a reason may hold line ends.
    #[default]
    #[arg(short = 'z', since = "2.36")]
    Nul,
}

/// Makes a work tree (git-worktree(1)).
///
/// The command hands its words on to others without a separator, so none of them can begin with `-`.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["worktree", "add"],
    fn = worktree_add,
    separator = none,
    tier = write
)]
pub struct GitWorktreeAdd {
    /// Takes a branch that another work tree has, or a path that was registered.
    pub force: bool,
    /// What is checked out there; by default a new branch that is called as the directory.
    #[arg(flatten)]
    pub branch: Option<WorktreeBranch>,
    /// Puts the files there, or none; by default it does.
    #[arg(negatable)]
    pub checkout: Option<bool>,
    /// Locks it.
    pub lock: bool,
    /// Why.
    #[arg(requires("lock"))]
    pub reason: Option<String>,
    /// Makes the new branch follow what it begins at, or does not.
    #[arg(negatable)]
    pub track: Option<bool>,
    /// Takes a remote-tracking branch of the name of the directory, or does not.
    #[arg(negatable)]
    pub guess_remote: Option<bool>,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// The directory, which must be empty or missing.
    #[arg(positional)]
    pub path: SafePath,
    /// The commit or branch; `HEAD` by default.
    #[arg(positional)]
    pub start: Option<Revision>,
}

/// What is checked out in a new work tree.
#[derive(Clone, Debug, Args)]
pub enum WorktreeBranch {
    /// A new branch.
    #[arg(short = 'b')]
    New(GitRef),
    /// A new branch, or one that is moved.
    #[arg(short = 'B', danger = "loss")]
    Reset(GitRef),
    /// A commit.
    Detach,
    /// A branch without commits, called as the directory.
    Orphan,
}

/// Keeps a work tree from being pruned, moved and removed.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["worktree", "lock"], fn = worktree_lock, tier = write)]
pub struct GitWorktreeLock {
    /// Why.
    pub reason: Option<String>,
    /// The work tree.
    #[arg(positional)]
    pub path: SafePath,
}

/// Takes the lock away.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["worktree", "unlock"], fn = worktree_unlock, tier = write)]
pub struct GitWorktreeUnlock {
    /// The work tree.
    #[arg(positional)]
    pub path: SafePath,
}

/// Moves a work tree.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["worktree", "move"], fn = worktree_move, tier = write)]
pub struct GitWorktreeMove {
    /// Also to a path that was registered; twice, also one that is locked.
    #[arg(count)]
    pub force: u8,
    /// The work tree.
    #[arg(positional)]
    pub path: SafePath,
    /// The new place.
    #[arg(positional)]
    pub to: SafePath,
}

/// Forgets work trees that are gone.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["worktree", "prune"], fn = worktree_prune, tier = write)]
pub struct GitWorktreePrune {
    /// Forgets nothing, and says what it would.
    pub dry_run: bool,
    /// Says what it forgets.
    pub verbose: bool,
    /// Those only that were gone then.
    pub expire: Option<GitDate>,
}

/// Removes a work tree that has no changes.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["worktree", "remove"], fn = worktree_remove, tier = write)]
pub struct GitWorktreeRemove {
    /// Also one with changes, which are lost; twice, also one that is locked.
    #[arg(count, danger = "loss")]
    pub force: u8,
    /// The work tree.
    #[arg(positional)]
    pub path: SafePath,
}

/// Finds work trees again that were moved by hand.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["worktree", "repair"], fn = worktree_repair, tier = write)]
pub struct GitWorktreeRepair {
    /// The work trees.
    #[arg(positional)]
    pub paths: Vec<SafePath>,
}
