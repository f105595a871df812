//! `git merge-base`: common ancestors.

use cuprum::{Args, Command};

use crate::args::{GitRef, Revision};
use crate::git::{Git, ObjectId};

/// Returns the best common ancestor of two commits, or `None` (git-merge-base(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "merge-base",
    fn = merge_base,
    ok(0, 1),
    output = Option<ObjectId>,
    parse = ObjectId::read_optional,
    tier = read
)]
pub struct GitMergeBase {
    /// A commit.
    #[arg(positional)]
    pub one: Revision,
    /// The other.
    #[arg(positional)]
    pub other: Revision,
}

/// Lists all best common ancestors.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "merge-base",
    fixed("--all"),
    fn = merge_bases,
    ok(0, 1),
    output = Vec<ObjectId>,
    parse = ObjectId::read_list,
    tier = read
)]
pub struct GitMergeBases {
    /// Of what; by default of the first and a merge of the others.
    #[arg(flatten)]
    pub how: Option<MergeBasesOf>,
    /// The commits.
    #[arg(positional, min = 2)]
    pub commits: Vec<Revision>,
}

/// Whose ancestors are asked for.
#[derive(Clone, Debug, Args)]
pub enum MergeBasesOf {
    /// Of all commits.
    Octopus,
}

/// Lists those commits that no other of them reaches.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "merge-base",
    fixed("--independent"),
    fn = independent,
    output = Vec<ObjectId>,
    parse = ObjectId::read_list,
    tier = read
)]
pub struct GitIndependent {
    /// The commits.
    #[arg(positional, min = 1)]
    pub commits: Vec<Revision>,
}

/// Tells whether a commit is an ancestor of another, or the same.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "merge-base",
    fixed("--is-ancestor"),
    fn = is_ancestor,
    ok(0, 1),
    output = bool,
    parse = crate::git::exit_zero,
    tier = read
)]
pub struct GitIsAncestor {
    /// The one.
    #[arg(positional)]
    pub ancestor: Revision,
    /// The other.
    #[arg(positional)]
    pub descendant: Revision,
}

/// Returns where a branch began, by what its upstream has been, or `None`.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "merge-base",
    fixed("--fork-point"),
    fn = fork_point,
    ok(0, 1),
    output = Option<ObjectId>,
    parse = ObjectId::read_optional,
    tier = read
)]
pub struct GitForkPoint {
    /// The upstream.
    #[arg(positional)]
    pub upstream: GitRef,
    /// The branch; `HEAD` by default.
    #[arg(positional)]
    pub commit: Option<Revision>,
}
