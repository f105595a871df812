//! `git merge`: joins histories.

use cuprum::{Args, Command};

use crate::args::{GitRef, Revision};
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Cleanup, Git, Joining, MergeTree, StrategyOption};

/// Joins other histories into the current branch (git-merge(1)).
///
/// A conflict is an error; `git::status` lists the files, and [`merge_abort`] or a
/// [`commit`](crate::git::commit()) ends it.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "merge",
    fixed("--no-edit", "--no-verify-signatures"),
    fn = merge,
    tier = write
)]
pub struct GitMerge {
    /// The message of the merge.
    pub message: Option<String>,
    /// What becomes of a branch that only has to move.
    #[arg(flatten)]
    pub ff: Option<FastForward>,
    /// Records the merge, or stops before; by default it does.
    #[arg(negatable)]
    pub commit: Option<bool>,
    /// Makes the changes, and records no merge.
    pub squash: bool,
    /// Prints statistics, or does not.
    #[arg(negatable)]
    pub stat: Option<bool>,
    /// Adds the first lines of the messages of so many commits.
    pub log: Option<Option<u32>>,
    /// Adds none.
    #[arg(conflicts("log"))]
    pub no_log: bool,
    /// How the message is cleaned up.
    pub cleanup: Option<Cleanup>,
    /// Adds a `Signed-off-by` line, or does not.
    #[arg(negatable)]
    pub signoff: Option<bool>,
    /// The name of the branch in the message.
    #[arg(since = "2.35")]
    pub into_name: Option<GitRef>,
    /// Joins histories without a common commit, too.
    pub allow_unrelated_histories: bool,
    /// Puts changes of the work tree aside meanwhile, or does not.
    #[arg(negatable)]
    pub autostash: Option<bool>,
    /// Overwrites ignored files, or does not; by default it does.
    #[arg(negatable)]
    pub overwrite_ignore: Option<bool>,
    /// Skips the hooks `pre-merge-commit` and `commit-msg`.
    pub no_verify: bool,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Says more.
    pub verbose: bool,
    /// Reports progress on standard error, or does not.
    #[arg(negatable)]
    pub progress: Option<bool>,
    /// How the contents are joined.
    #[arg(flatten)]
    pub joining: Joining,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::SignUnchecked,
    /// What is joined.
    #[arg(positional, min = 1)]
    pub commits: Vec<Revision>,
}

/// What becomes of a branch that only has to move.
#[derive(Clone, Debug, Args)]
pub enum FastForward {
    /// It moves.
    Ff,
    /// A merge is recorded all the same.
    NoFf,
    /// It moves; anything else fails.
    FfOnly,
}

/// Ends a merge that has conflicts, and puts the files back.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "merge", fixed("--abort"), fn = merge_abort, tier = destructive)]
pub struct GitMergeAbort {}

/// Ends a merge that has conflicts, and leaves the files as they are.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "merge", fixed("--quit"), fn = merge_quit, tier = write)]
pub struct GitMergeQuit {}

/// Records a merge whose conflicts are solved, with the message that git has prepared.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "merge", fixed("--continue"), fn = merge_continue, tier = write)]
pub struct GitMergeContinue {}

/// Joins two commits into a tree, without a work tree (git-merge-tree(1)); since git 2.38.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "merge-tree",
    fixed("-z", "--messages"),
    fn = merge_tree,
    ok(0, 1),
    output = MergeTree,
    parse = MergeTree::read_result,
    tier = read
)]
pub struct GitMergeTree {
    /// What is made.
    #[arg(flatten)]
    pub result: MergeTreeResult,
    /// Joins histories without a common commit, too.
    pub allow_unrelated_histories: bool,
    /// What both sides began with, instead of what git finds.
    #[arg(since = "2.40")]
    pub merge_base: Option<Revision>,
    /// How the contents are joined.
    #[arg(since = "2.44")]
    pub strategy_option: Vec<StrategyOption>,
    /// A commit.
    #[arg(positional)]
    pub ours: Revision,
    /// The other.
    #[arg(positional)]
    pub theirs: Revision,
}

/// What `git merge-tree` makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Args)]
pub enum MergeTreeResult {
    /// A tree, in the repository.
    #[default]
    #[arg(since = "2.38")]
    WriteTree,
}
