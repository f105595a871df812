//! `git diff`: the differences between versions of files.

use cuprum::{Args, Command};

use crate::args::{Pathspec, Revision, RevisionRange};
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{CombinedChange, Compare, Diff, DiffText, Git};

/// Lists which files differ and how much (git-diff(1), `--raw --numstat`).
///
/// Without a revision it compares the index and the work tree, with one that and the work tree, with two or
/// a range these.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "diff",
    fixed(Diff::FORMAT),
    fn = diff,
    output = Diff,
    env("GIT_OPTIONAL_LOCKS" = "0"),
    tier = read
)]
pub struct GitDiff {
    /// Compares the index or the merge base.
    #[arg(flatten)]
    pub against: Option<DiffSide>,
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// A revision, or a range.
    #[arg(positional)]
    pub from: Option<RevisionRange>,
    /// The other revision.
    #[arg(positional, requires("from"))]
    pub to: Option<Revision>,
    /// Compares these files and directories only.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// Prints differences, as a patch unless said otherwise (git-diff(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "diff",
    fixed("--no-ext-diff", "--no-textconv"),
    fn = diff_text,
    output = Vec<u8>,
    env("GIT_OPTIONAL_LOCKS" = "0"),
    tier = read
)]
pub struct GitDiffText {
    /// Compares the index or the merge base.
    #[arg(flatten)]
    pub against: Option<DiffSide>,
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// How differences are printed.
    #[arg(flatten)]
    pub diff: DiffText,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::DiffUnchecked,
    /// A revision, or a range.
    #[arg(positional)]
    pub from: Option<RevisionRange>,
    /// The other revision.
    #[arg(positional, requires("from"))]
    pub to: Option<Revision>,
    /// Compares these files and directories only.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// Tells whether anything differs (git-diff(1), `--quiet`).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "diff",
    fixed("--quiet", "--exit-code", "--no-ext-diff", "--no-textconv"),
    fn = differs,
    ok(0, 1),
    output = bool,
    parse = crate::git::exit_one,
    env("GIT_OPTIONAL_LOCKS" = "0"),
    tier = read
)]
pub struct GitDiffers {
    /// Compares the index or the merge base.
    #[arg(flatten)]
    pub against: Option<DiffSide>,
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// A revision, or a range.
    #[arg(positional)]
    pub from: Option<RevisionRange>,
    /// The other revision.
    #[arg(positional, requires("from"))]
    pub to: Option<Revision>,
    /// Compares these files and directories only.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// Prints where differences leave marks of conflicts or wrong white space (git-diff(1), `--check`); nothing
/// if nowhere.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "diff",
    fixed("--check", "--no-ext-diff", "--no-textconv", "--no-color"),
    fn = diff_check,
    ok(0, 2),
    output = Vec<u8>,
    env("GIT_OPTIONAL_LOCKS" = "0"),
    tier = read
)]
pub struct GitDiffCheck {
    /// Compares the index or the merge base.
    #[arg(flatten)]
    pub against: Option<DiffSide>,
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// A revision, or a range.
    #[arg(positional)]
    pub from: Option<RevisionRange>,
    /// The other revision.
    #[arg(positional, requires("from"))]
    pub to: Option<Revision>,
    /// Compares these files and directories only.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// Lists how files differ from a revision (git-diff-index(1)).
///
/// [`diff`] says the same, by what git is configured to. This command follows none of the configuration of `diff`,
/// such as whether renamed files are looked for, and takes a file of the work tree whose times are not those of the
/// index for one that differs, without reading it: its lines tell, of which there are none then.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "diff-index",
    fixed(Diff::FORMAT),
    fn = diff_index,
    output = Diff,
    env("GIT_OPTIONAL_LOCKS" = "0"),
    tier = read
)]
pub struct GitDiffIndex {
    /// Compares the index, and not the work tree.
    pub cached: bool,
    /// Compares the common ancestor of the revision and `HEAD`.
    #[arg(since = "2.30")]
    pub merge_base: bool,
    /// Takes a file that is missing in the work tree as one that did not change.
    #[arg(short = 'm')]
    pub missing_unchanged: bool,
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// The revision.
    #[arg(positional)]
    pub tree: Revision,
    /// Compares these files and directories only.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// What is compared.
#[derive(Clone, Debug, Args)]
pub enum DiffSide {
    /// The index, and a revision; `HEAD` by default.
    Cached,
    /// The common ancestor of both sides instead of the first.
    MergeBase,
}

/// Lists what a merge changed from each of its parents (git-diff-tree(1), `-c`).
///
/// Files that are as in one of the parents are not in the list; a commit with one parent has none.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "diff-tree",
    fixed(CombinedChange::FORMAT),
    fn = combined,
    output = Vec<CombinedChange>,
    parse = CombinedChange::read_list,
    tier = read
)]
pub struct GitCombined {
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// The merge.
    #[arg(positional)]
    pub merge: Revision,
    /// Looks at these files and directories only.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}
