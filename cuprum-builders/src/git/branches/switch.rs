//! `git switch` and `git checkout`: puts another commit into the work tree.

use cuprum::{Args, Command};

use crate::args::{GitRef, Pathspec, Revision};
use crate::git::{ConflictStyle, Git, Track};

/// Checks out a branch (git-switch(1)); changes of the work tree are kept, or it fails.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "switch",
    fixed("--no-guess", "--no-recurse-submodules"),
    fn = switch,
    tier = write
)]
pub struct GitSwitch {
    /// Takes the name for a commit, and detaches `HEAD`.
    pub detach: bool,
    /// Throws away the changes of the work tree.
    #[arg(danger = "loss")]
    pub discard_changes: bool,
    /// The same, and what a merge left.
    #[arg(danger = "loss")]
    pub force: bool,
    /// Joins the changes of the work tree with the branch.
    #[arg(conflicts("discard_changes", "force"))]
    pub merge: bool,
    /// How conflicts are shown.
    pub conflict: Option<ConflictStyle>,
    /// Overwrites ignored files, or does not; by default it does.
    #[arg(negatable)]
    pub overwrite_ignore: Option<bool>,
    /// Takes a branch that another work tree has checked out.
    pub ignore_other_worktrees: bool,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Reports progress on standard error, or does not.
    #[arg(negatable)]
    pub progress: Option<bool>,
    /// The branch.
    #[arg(positional)]
    pub to: Revision,
}

/// Makes a branch and checks it out (git-switch(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "switch",
    fixed("--no-recurse-submodules"),
    fn = switch_create,
    tier = write
)]
pub struct GitSwitchCreate {
    /// Which, and how.
    #[arg(flatten, required)]
    pub branch: NewBranch,
    /// Makes it follow what it begins at, or what that follows.
    pub track: Option<Option<Track>>,
    /// It follows nothing.
    #[arg(conflicts("track"))]
    pub no_track: bool,
    /// Throws away the changes of the work tree.
    #[arg(danger = "loss")]
    pub discard_changes: bool,
    /// Joins the changes of the work tree with the branch.
    #[arg(conflicts("discard_changes"))]
    pub merge: bool,
    /// How conflicts are shown.
    pub conflict: Option<ConflictStyle>,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Reports progress on standard error, or does not.
    #[arg(negatable)]
    pub progress: Option<bool>,
    /// Where it begins; `HEAD` by default.
    #[arg(positional)]
    pub start: Option<Revision>,
}

/// A branch that is made.
#[derive(Clone, Debug, Args)]
pub enum NewBranch {
    /// A new one.
    Create(GitRef),
    /// A new one, or one that is moved.
    #[arg(danger = "loss")]
    ForceCreate(GitRef),
    /// One without commits; it begins nowhere.
    Orphan(GitRef),
}

/// Checks out a commit, or makes a branch and checks it out (git-checkout(1)).
///
/// A branch that is there is checked out by [`switch`]: git itself would take a name that is no branch for
/// a file, and overwrite that.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "checkout",
    fixed("--no-recurse-submodules"),
    fn = checkout,
    tier = write
)]
pub struct GitCheckout {
    /// How.
    #[arg(flatten, required)]
    pub to: CheckoutTo,
    /// Makes the branch follow what it begins at, or what that follows.
    pub track: Option<Option<Track>>,
    /// It follows nothing.
    #[arg(conflicts("track"))]
    pub no_track: bool,
    /// Records what the branch names.
    #[arg(short = 'l')]
    pub reflog: bool,
    /// Throws away the changes of the work tree.
    #[arg(danger = "loss")]
    pub force: bool,
    /// Joins the changes of the work tree with the commit.
    #[arg(conflicts("force"))]
    pub merge: bool,
    /// How conflicts are shown.
    pub conflict: Option<ConflictStyle>,
    /// Overwrites ignored files, or does not; by default it does.
    #[arg(negatable)]
    pub overwrite_ignore: Option<bool>,
    /// Takes a branch that another work tree has checked out.
    pub ignore_other_worktrees: bool,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Reports progress on standard error, or does not.
    #[arg(negatable)]
    pub progress: Option<bool>,
    /// The commit; `HEAD` by default.
    #[arg(positional)]
    pub start: Option<Revision>,
}

/// What a commit is checked out as.
#[derive(Clone, Debug, Args)]
pub enum CheckoutTo {
    /// As a commit; `HEAD` is detached.
    Detach,
    /// As a new branch.
    #[arg(short = 'b')]
    NewBranch(GitRef),
    /// As a new branch, or one that is moved.
    #[arg(short = 'B', danger = "loss")]
    ResetBranch(GitRef),
    /// As a branch without commits.
    Orphan(GitRef),
}

/// Puts files back as they were (git-checkout(1)); their changes are lost.
///
/// [`restore`](crate::git::restore) says the same more plainly.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "checkout",
    fixed("--no-recurse-submodules", "--no-guess"),
    fn = checkout_paths,
    tier = destructive
)]
pub struct GitCheckoutPaths {
    /// Keeps files that the source does not have, or removes them; by default it keeps them.
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
    pub force: bool,
    /// Puts back files outside of the sparse checkout, too.
    pub ignore_skip_worktree_bits: bool,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// The commit or tree; by default the index.
    #[arg(positional)]
    pub from: Option<Revision>,
    /// The files and directories.
    #[arg(last, min = 1)]
    pub paths: Vec<Pathspec>,
}
