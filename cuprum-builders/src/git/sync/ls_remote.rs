//! `git ls-remote`: the refs of another repository.

use cuprum::Command;

use crate::args::RefPattern;
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Git, Remote, RemoteRef, SortKey};

/// Lists the refs of another repository (git-ls-remote(1)); none is an empty list.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "ls-remote",
    fixed("--upload-pack=git-upload-pack", "--symref", "--quiet"),
    fn = ls_remote,
    output = Vec<RemoteRef>,
    parse = RemoteRef::read_list,
    tier = read
)]
pub struct GitLsRemote {
    /// Lists tags.
    pub tags: bool,
    /// Lists branches.
    #[arg(since = "2.46")]
    pub branches: bool,
    /// Lists neither `HEAD` nor what tags stand for.
    pub refs: bool,
    /// What the refs are sorted by.
    pub sort: Vec<SortKey>,
    /// Text for the server, if it takes any.
    pub server_option: Vec<String>,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::LsRemoteUnchecked,
    /// The repository.
    #[arg(positional)]
    pub repo: Remote,
    /// Lists only refs that match, from the end of their names.
    #[arg(positional)]
    pub patterns: Vec<RefPattern>,
}
