//! `git rm`: removes files from the index and the work tree.

use cuprum::Command;

use crate::args::Pathspec;
use crate::git::Git;

/// Removes files from the index and the work tree (git-rm(1)).
///
/// A file that differs from the last commit is refused, unless [`force`](Self::force).
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "rm", fn = rm, tier = write)]
pub struct GitRm {
    /// Removes them from the index only.
    pub cached: bool,
    /// Removes files that differ, too: their changes are lost.
    #[arg(danger = "loss")]
    pub force: bool,
    /// Removes directories, too.
    #[arg(short = 'r')]
    pub recursive: bool,
    /// Is content where nothing matches.
    pub ignore_unmatch: bool,
    /// Removes entries outside of the sparse checkout, too.
    #[arg(since = "2.34")]
    pub sparse: bool,
    /// Does not name the files.
    pub quiet: bool,
    /// Removes nothing.
    pub dry_run: bool,
    /// The files and directories.
    #[arg(last, min = 1)]
    pub paths: Vec<Pathspec>,
}
