//! `git status`: what has changed in the work tree and the index.

use cuprum::{ArgValue, Command};

use super::{Git, Status};
use crate::args::Pathspec;

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
    tier = read,
    env("GIT_OPTIONAL_LOCKS" = "0")
)]
pub struct GitStatus {
    /// Which files that git does not know are listed; by default [`UntrackedFiles::Normal`], whatever
    /// git is configured to.
    #[arg(default = UntrackedFiles::Normal)]
    pub untracked_files: UntrackedFiles,
    /// Whether ignored files are listed, too; by default they are not.
    pub ignored: Option<Ignored>,
    /// Looks for files that were renamed, or does not; by default as git is configured.
    #[arg(negatable)]
    pub renames: Option<bool>,
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
