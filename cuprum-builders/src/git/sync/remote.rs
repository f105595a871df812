//! `git remote`: the repositories that have a name here.

use cuprum::{ArgValue, Command};

use crate::args::{GitRef, RefPattern, RemoteName, RemoteUrl};
use crate::git::{ConfigValue, Git, RawText, RemoteLine};

/// Lists the remotes and their addresses (git-remote(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "remote",
    fixed("--verbose"),
    fn = remotes,
    output = Vec<RemoteLine>,
    parse = RemoteLine::read_list,
    tier = read
)]
pub struct GitRemoteList {}

/// Adds a remote (git-remote(1)); nothing is fetched.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["remote", "add"], fn = remote_add, tier = write)]
pub struct GitRemoteAdd {
    /// Fetches from it all tags, or none; by default those of commits that are fetched.
    #[arg(negatable)]
    pub tags: Option<bool>,
    /// Fetches from it these branches only.
    pub track: Vec<GitRef>,
    /// The branch that `refs/remotes/NAME/HEAD` is to name.
    pub master: Option<GitRef>,
    /// Makes it a mirror.
    pub mirror: Option<MirrorMode>,
    /// Its name.
    #[arg(positional)]
    pub name: RemoteName,
    /// Its address.
    #[arg(positional)]
    pub url: RemoteUrl,
}

/// Which way a mirror goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum MirrorMode {
    /// Refs are fetched as they are, which belongs in a bare repository only.
    Fetch,
    /// Everything is pushed.
    Push,
}

/// Renames a remote and its refs.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["remote", "rename"], fn = remote_rename, tier = write)]
pub struct GitRemoteRename {
    /// Reports progress on standard error, or does not.
    #[arg(negatable, since = "2.35")]
    pub progress: Option<bool>,
    /// Its name.
    #[arg(positional)]
    pub old: RemoteName,
    /// The new name.
    #[arg(positional)]
    pub to: RemoteName,
}

/// Removes a remote, its refs, and its configuration.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["remote", "remove"], fn = remote_remove, tier = write)]
pub struct GitRemoteRemove {
    /// Its name.
    #[arg(positional)]
    pub name: RemoteName,
}

/// Sets which branch `refs/remotes/NAME/HEAD` names; nobody is asked for it.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["remote", "set-head"], fn = remote_set_head, tier = write)]
pub struct GitRemoteSetHead {
    /// Names none.
    pub delete: bool,
    /// Its name.
    #[arg(positional)]
    pub name: RemoteName,
    /// The branch.
    #[arg(positional)]
    pub branch: Option<GitRef>,
}

/// Tells about a remote, in prose, without asking it.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["remote", "show"],
    fixed("-n"),
    fn = remote_show,
    output = RawText,
    parse = RawText::read,
    tier = read
)]
pub struct GitRemoteShow {
    /// Its name.
    #[arg(positional)]
    pub name: RemoteName,
}

/// Sets which branches of a remote are fetched.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["remote", "set-branches"], fn = remote_set_branches, tier = write)]
pub struct GitRemoteSetBranches {
    /// Adds these to those there are.
    pub add: bool,
    /// Its name.
    #[arg(positional)]
    pub name: RemoteName,
    /// The branches; `*` is a wildcard.
    #[arg(positional, min = 1)]
    pub branches: Vec<RefPattern>,
}

/// Tells the address of a remote, after git has rewritten it as configured.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["remote", "get-url"],
    fn = remote_get_url,
    output = Vec<RawText>,
    parse = RawText::read_lines,
    tier = read
)]
pub struct GitRemoteGetUrl {
    /// The address that is pushed to.
    pub push: bool,
    /// All of them.
    pub all: bool,
    /// Its name.
    #[arg(positional)]
    pub name: RemoteName,
}

/// Changes the address of a remote.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["remote", "set-url"], fn = remote_set_url, tier = write)]
pub struct GitRemoteSetUrl {
    /// The address that is pushed to.
    pub push: bool,
    /// Adds it to those there are.
    pub add: bool,
    /// Its name.
    #[arg(positional)]
    pub name: RemoteName,
    /// The address.
    #[arg(positional)]
    pub url: RemoteUrl,
}

/// Deletes the addresses of a remote that match a regular expression.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["remote", "set-url"],
    fixed("--delete"),
    fn = remote_delete_url,
    tier = write
)]
pub struct GitRemoteDeleteUrl {
    /// Of those that are pushed to.
    pub push: bool,
    /// Its name.
    #[arg(positional)]
    pub name: RemoteName,
    /// The regular expression.
    #[arg(positional)]
    pub pattern: ConfigValue,
}
