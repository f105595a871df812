//! `git branch`: makes, lists, moves and deletes branches.

use cuprum::Command;

use crate::args::{GitRef, RefPattern, Revision};
use crate::git::{Git, RawText, Ref, RefFilter, Track, When};

/// Lists branches with their commits and upstreams (git-for-each-ref(1)).
///
/// [`for_each_ref`](crate::git::for_each_ref) lists any refs.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "for-each-ref",
    fixed(Ref::FORMAT, "refs/heads/"),
    fn = branches,
    output = Vec<Ref>,
    parse = Ref::read_list,
    tier = read
)]
pub struct GitBranches {
    /// Which branches, and in which order.
    #[arg(flatten)]
    pub filter: RefFilter,
    /// How many are listed at most.
    pub count: Option<u32>,
}

/// Prints branches for people (git-branch(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "branch",
    fixed("--list", "--no-column"),
    fn = branch_text,
    output = Vec<u8>,
    tier = read
)]
pub struct GitBranchText {
    /// Prints the commit, too; twice, also the upstream.
    #[arg(count)]
    pub verbose: u8,
    /// Remote-tracking branches.
    pub remotes: bool,
    /// These and the others.
    #[arg(conflicts("remotes"))]
    pub all: bool,
    /// How many digits of ids.
    pub abbrev: Option<Option<u8>>,
    /// Ids in full.
    #[arg(conflicts("abbrev"))]
    pub no_abbrev: bool,
    /// Uses colors.
    pub color: Option<Option<When>>,
    /// Prints no line where the format gives none.
    #[arg(since = "2.41")]
    pub omit_empty: bool,
    /// What is printed of each branch.
    pub format: Option<String>,
    /// Which branches, and in which order.
    #[arg(flatten)]
    pub filter: RefFilter,
    /// Only branches that match.
    #[arg(positional)]
    pub patterns: Vec<RefPattern>,
}

/// Makes a branch (git-branch(1)); it is not checked out.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "branch", fn = branch, tier = write)]
pub struct GitBranchCreate {
    /// Moves the branch if there is one.
    #[arg(danger = "loss")]
    pub force: bool,
    /// Makes it follow what it begins at, or what that follows.
    pub track: Option<Option<Track>>,
    /// It follows nothing.
    #[arg(conflicts("track"))]
    pub no_track: bool,
    /// Records what it names, whatever git is configured to.
    pub create_reflog: bool,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Its name.
    #[arg(positional)]
    pub name: GitRef,
    /// Where it begins; `HEAD` by default.
    #[arg(positional)]
    pub start: Option<Revision>,
}

/// Deletes branches whose commits are elsewhere, too (git-branch(1)).
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "branch", fixed("--delete"), fn = branch_delete, tier = write)]
pub struct GitBranchDelete {
    /// Deletes them whatever they hold.
    #[arg(danger = "loss")]
    pub force: bool,
    /// Deletes remote-tracking branches.
    pub remotes: bool,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// The branches.
    #[arg(positional, min = 1)]
    pub names: Vec<GitRef>,
}

/// Renames a branch, with its configuration and log.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "branch", fixed("--move"), fn = branch_rename, tier = write)]
pub struct GitBranchMove {
    /// Overwrites a branch of the new name.
    #[arg(danger = "loss")]
    pub force: bool,
    /// The old name.
    #[arg(positional)]
    pub old: GitRef,
    /// The new name.
    #[arg(positional)]
    pub to: GitRef,
}

/// Copies a branch, with its configuration and log.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "branch", fixed("--copy"), fn = branch_copy, tier = write)]
pub struct GitBranchCopy {
    /// Overwrites a branch of the new name.
    #[arg(danger = "loss")]
    pub force: bool,
    /// The old name.
    #[arg(positional)]
    pub old: GitRef,
    /// The new name.
    #[arg(positional)]
    pub to: GitRef,
}

/// Makes a branch follow another.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "branch", fn = branch_upstream, tier = write)]
pub struct GitBranchUpstream {
    /// What it follows, `origin/main` for example.
    pub set_upstream_to: GitRef,
    /// The branch; by default the current one.
    #[arg(positional)]
    pub name: Option<GitRef>,
}

/// Makes a branch follow nothing.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "branch",
    fixed("--unset-upstream"),
    fn = branch_no_upstream,
    tier = write
)]
pub struct GitBranchNoUpstream {
    /// The branch; by default the current one.
    #[arg(positional)]
    pub name: Option<GitRef>,
}

/// Returns the name of the branch that is checked out, or `None` if `HEAD` is detached.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "branch",
    fixed("--show-current"),
    fn = current_branch,
    output = Option<RawText>,
    parse = RawText::read_optional,
    tier = read
)]
pub struct GitCurrentBranch {}
