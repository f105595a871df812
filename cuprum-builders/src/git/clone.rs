//! `git clone`: copies a repository.

use cuprum::Command;

use super::Git;
use crate::args::{GitRef, RemoteName, RemoteUrl, SafePath};

/// Copies a repository into a new directory (git-clone(1)).
///
/// Submodules are not cloned, and no hook is planted. The directory must be empty or missing.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "clone", fn = clone, tier = write)]
pub struct GitClone {
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Clones without a work tree.
    pub bare: bool,
    /// Clones without a work tree, with every ref, and keeps fetching all of them.
    pub mirror: bool,
    /// Leaves the work tree empty.
    pub no_checkout: bool,
    /// Copies the objects of a local repository instead of linking to them.
    pub no_hardlinks: bool,
    /// Fetches the history of one branch only, or of all of them.
    #[arg(negatable)]
    pub single_branch: Option<bool>,
    /// Fetches no tags.
    pub no_tags: bool,
    /// The branch or tag to check out, instead of the one that the remote's `HEAD` names.
    pub branch: Option<GitRef>,
    /// The name of the remote; `origin` by default.
    pub origin: Option<RemoteName>,
    /// How many commits of each branch are fetched, from its tip; git refuses 0, and ignores it for a
    /// [local](RemoteUrl::local) repository.
    pub depth: Option<u32>,
    /// The repository.
    #[arg(positional)]
    pub repo: RemoteUrl,
    /// The directory; by default it is named after the repository.
    #[arg(positional)]
    pub dir: Option<SafePath>,
}
