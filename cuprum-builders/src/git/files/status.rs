//! `git status`: what has changed in the work tree and the index.

use cuprum::{ArgValue, Command};

use crate::args::Pathspec;
use crate::git::{Git, Similarity, Status, SubmoduleScan};

/// Compares the work tree, the index and the last commit (git-status(1)).
///
/// It does not refresh the index on disk, so it takes no lock and changes nothing.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "status",
    fixed(Status::FORMAT),
    fn = status,
    output = Status,
    env("GIT_OPTIONAL_LOCKS" = "0"),
    tier = read
)]
pub struct GitStatus {
    /// Which files that git does not know are listed; by default [`UntrackedFiles::Normal`], whatever git
    /// is configured to.
    #[arg(default = UntrackedFiles::Normal)]
    pub untracked_files: UntrackedFiles,
    /// Whether ignored files are listed, too; by default they are not.
    pub ignored: Option<Ignored>,
    /// Looks for files that were renamed, or does not; by default as git is configured.
    #[arg(negatable)]
    pub renames: Option<bool>,
    /// Looks for renamed files, from this similarity on.
    pub find_renames: Option<Option<Similarity>>,
    /// Counts how far the branch and its upstream are apart, or does not, which is faster.
    #[arg(negatable)]
    pub ahead_behind: Option<bool>,
    /// What is not looked for in submodules.
    pub ignore_submodules: Option<SubmoduleScan>,
    /// Looks at these files and directories only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// Which files that git does not know are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum UntrackedFiles {
    /// None.
    No,
    /// Files, and directories in place of all the files in them.
    Normal,
    /// Every file.
    All,
}

/// Whether ignored files are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Ignored {
    /// They are not.
    No,
    /// As [`UntrackedFiles`] lists the others.
    Traditional,
    /// Every file and directory that a pattern matches.
    Matching,
}
