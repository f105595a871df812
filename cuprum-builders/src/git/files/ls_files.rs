//! `git ls-files`: what is in the index.

use cuprum::Command;

use crate::args::{Glob, Pathspec, Revision};
use crate::git::{Git, IndexEntry, LineEnds, RawPath};

/// Lists the entries of the index with their modes and ids (git-ls-files(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "ls-files",
    fixed(IndexEntry::FORMAT),
    fn = ls_files,
    output = Vec<IndexEntry>,
    parse = IndexEntry::read_list,
    env("GIT_OPTIONAL_LOCKS" = "0"),
    tier = read
)]
pub struct GitLsFiles {
    /// Lists unmerged entries only.
    pub unmerged: bool,
    /// Lists directories outside of the sparse checkout by their names only.
    #[arg(since = "2.34")]
    pub sparse: bool,
    /// Lists the files of submodules, too.
    pub recurse_submodules: bool,
    /// Prints paths from the top of the work tree, wherever git runs.
    pub full_name: bool,
    /// Fails if a path matches nothing.
    #[arg(requires("paths"))]
    pub error_unmatch: bool,
    /// Looks at these files and directories only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// Lists the paths of files, by what git knows of them (git-ls-files(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "ls-files",
    fixed("-z"),
    fn = ls_paths,
    output = Vec<RawPath>,
    parse = RawPath::read_list,
    env("GIT_OPTIONAL_LOCKS" = "0"),
    tier = read
)]
pub struct GitLsPaths {
    /// Lists files in the index, which is the default.
    pub cached: bool,
    /// Lists files that are gone from the work tree.
    pub deleted: bool,
    /// Lists files that differ from the index.
    pub modified: bool,
    /// Lists files that git does not know.
    pub others: bool,
    /// Lists ignored files only; with [`cached`](Self::cached) or [`others`](Self::others), and patterns.
    pub ignored: bool,
    /// Lists files that are in the way of a checkout.
    pub killed: bool,
    /// Lists directories that git does not know by their names only.
    pub directory: bool,
    /// Lists empty ones, too, or does not.
    #[arg(negatable)]
    pub empty_directory: Option<bool>,
    /// Ignores files that match.
    pub exclude: Vec<Glob>,
    /// Ignores what git ignores elsewhere.
    pub exclude_standard: bool,
    /// Lists each path once.
    #[arg(since = "2.31")]
    pub deduplicate: bool,
    /// Lists directories outside of the sparse checkout by their names only.
    #[arg(since = "2.34")]
    pub sparse: bool,
    /// Lists the files of submodules, too.
    pub recurse_submodules: bool,
    /// Takes files of this tree as if they were in the index, too.
    pub with_tree: Option<Revision>,
    /// Prints paths from the top of the work tree, wherever git runs.
    pub full_name: bool,
    /// Fails if a path matches nothing.
    #[arg(requires("paths"))]
    pub error_unmatch: bool,
    /// Looks at these files and directories only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// Tells the line ends of files (git-ls-files(1), `--eol`).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "ls-files",
    fixed("-z", "--eol"),
    fn = line_ends,
    output = Vec<LineEnds>,
    parse = LineEnds::read_list,
    env("GIT_OPTIONAL_LOCKS" = "0"),
    tier = read
)]
pub struct GitLineEnds {
    /// Of files in the index, which is the default.
    pub cached: bool,
    /// Of files that git does not know.
    pub others: bool,
    /// Ignores what git ignores elsewhere.
    pub exclude_standard: bool,
    /// Looks at these files and directories only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}
