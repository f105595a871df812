//! Commands that ask remotes by the programs that are configured for them.
//!
//! Git starts what `remote.NAME.uploadpack` says, for which it has no option here; [`fetch`](crate::git::fetch)
//! and [`ls_remote`](crate::git::ls_remote) have one, and name git's own.

use cuprum::Command;

use crate::args::RemoteName;
use crate::git::{FetchFormat, Fetched, Git, Net};

/// Brings over commits and refs of all remotes (git-fetch(1)); since git 2.41.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "fetch",
    fixed("--all", "--no-recurse-submodules"),
    fn = fetch_all,
    output = Fetched,
    tier = destructive
)]
pub struct GitFetchAll {
    /// How git prints what it did.
    #[arg(flatten)]
    pub format: FetchFormat,
    /// Updates all refs of a remote or none.
    #[arg(since = "2.31")]
    pub atomic: bool,
    /// Fetches all tags, or none; by default those of commits that are fetched.
    #[arg(negatable)]
    pub tags: Option<bool>,
    /// Deletes remote-tracking branches that the remote does not have any more, or keeps them.
    #[arg(negatable)]
    pub prune: Option<bool>,
    /// Updates nothing.
    pub dry_run: bool,
    /// How the other repositories are talked to.
    #[arg(flatten)]
    pub net: Net,
}

/// Deletes remote-tracking branches that the remote does not have any more (git-remote(1)).
///
/// [`fetch`](crate::git::fetch) with [`prune`](crate::git::GitFetch::prune) does so, too.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["remote", "prune"], fn = remote_prune, tier = destructive)]
pub struct GitRemotePrune {
    /// Deletes nothing, and says what it would.
    pub dry_run: bool,
    /// Its name.
    #[arg(positional)]
    pub name: RemoteName,
}

/// Fetches from all remotes, or from these and from groups of them (git-remote(1)).
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["remote", "update"], fn = remote_update, tier = destructive)]
pub struct GitRemoteUpdate {
    /// Deletes remote-tracking branches that a remote does not have any more, or keeps them.
    #[arg(negatable)]
    pub prune: Option<bool>,
    /// The remotes.
    #[arg(positional)]
    pub names: Vec<RemoteName>,
}

/// Asks a remote for its branch, and makes `refs/remotes/NAME/HEAD` name it (git-remote(1)).
///
/// [`ls_remote`](crate::git::ls_remote) tells the branch, too, and [`remote_set_head`](crate::git::remote_set_head)
/// takes its name.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["remote", "set-head"],
    fixed("--auto"),
    fn = remote_find_head,
    tier = destructive
)]
pub struct GitRemoteFindHead {
    /// Its name.
    #[arg(positional)]
    pub name: RemoteName,
}
