//! `git init`: creates an empty repository.

use cuprum::Command;

use super::Git;
use crate::args::{GitRef, SafePath};

/// Creates an empty repository, or completes one that is there (git-init(1)).
///
/// Templates are empty, so the repository has no hooks.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "init", fn = init, tier = write)]
pub struct GitInit {
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Creates a repository without a work tree.
    pub bare: bool,
    /// The branch that `HEAD` names; by default what git is configured to take.
    pub initial_branch: Option<GitRef>,
    /// The directory, which is created if it is missing; by default the working directory.
    #[arg(positional)]
    pub dir: Option<SafePath>,
}
