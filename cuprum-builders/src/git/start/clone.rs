//! `git clone`: copies a repository.

use cuprum::Command;

use crate::args::{GitDate, GitRef, RemoteName, RemoteUrl, SafePath};
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Git, Net, ObjectFilter, RefFormat};

/// Copies a repository into a new directory (git-clone(1)).
///
/// Submodules are not cloned, and no hook is planted. The directory must be empty or missing. A clone with
/// a [`filter`](Self::filter) fetches what it checks out; commands in it fetch nothing more by themselves.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "clone",
    fixed("--upload-pack=git-upload-pack"),
    fn = clone,
    env("GIT_NO_LAZY_FETCH" = "0"),
    tier = write
)]
pub struct GitClone {
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Says more.
    pub verbose: bool,
    /// Clones without a work tree.
    pub bare: bool,
    /// Clones without a work tree, with every ref, and keeps fetching all of them.
    pub mirror: bool,
    /// Leaves the work tree empty.
    pub no_checkout: bool,
    /// Copies the objects of a local repository instead of linking to them.
    pub no_hardlinks: bool,
    /// Copies a local repository by its files, or talks to it as to a remote one.
    #[arg(negatable)]
    pub local: Option<bool>,
    /// Fetches the history of one branch only, or of all of them.
    #[arg(negatable)]
    pub single_branch: Option<bool>,
    /// Fetches no tags.
    pub no_tags: bool,
    /// Checks out the files at the top only.
    #[arg(since = "2.25")]
    pub sparse: bool,
    /// Refuses a source that has not its whole history, or takes it.
    #[arg(negatable, since = "2.32")]
    pub reject_shallow: Option<bool>,
    /// The branch or tag to check out, instead of the one that the remote's `HEAD` names.
    pub branch: Option<GitRef>,
    /// The name of the remote; `origin` by default.
    pub origin: Option<RemoteName>,
    /// How many commits of each branch are fetched, from its tip; git refuses 0, and ignores it for a
    /// [local](RemoteUrl::local) repository.
    pub depth: Option<u32>,
    /// Fetches only commits that are newer.
    pub shallow_since: Option<GitDate>,
    /// Fetches no commits that this branch or tag of the remote reaches.
    pub shallow_exclude: Vec<GitRef>,
    /// Leaves these objects out, to be fetched when they are needed.
    pub filter: Option<ObjectFilter>,
    /// How refs are stored.
    #[arg(since = "2.45")]
    pub ref_format: Option<RefFormat>,
    /// Text for the server, if it takes any.
    pub server_option: Vec<String>,
    /// How the other repository is talked to.
    #[arg(flatten)]
    pub net: Net,
    /// Options that run programs or write elsewhere.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::CloneUnchecked,
    /// The repository.
    #[arg(positional)]
    pub repo: RemoteUrl,
    /// The directory; by default it is named after the repository.
    #[arg(positional)]
    pub dir: Option<SafePath>,
}
