//! Other repositories: what is fetched from them and pushed to them.

mod fetch;
mod ls_remote;
mod push;
mod remote;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::fetch::{FetchFormat, GitFetch, GitFetchAll, GitFetchQuietly, fetch, fetch_all, fetch_quietly};
pub use self::ls_remote::{GitLsRemote, ls_remote};
pub use self::push::{GitPush, push};
pub use self::remote::{
    GitRemoteAdd, GitRemoteDeleteUrl, GitRemoteGetUrl, GitRemoteList, GitRemotePrune, GitRemoteRemove,
    GitRemoteRename, GitRemoteSetBranches, GitRemoteSetHead, GitRemoteSetUrl, GitRemoteShow, GitRemoteUpdate,
    MirrorMode, remote_add, remote_delete_url, remote_get_url, remote_prune, remote_remove, remote_rename,
    remote_set_branches, remote_set_head, remote_set_url, remote_show, remote_update, remotes,
};

/// The facts about the commands of this folder.
pub(super) const COMMANDS: &[&CommandSpec] = &[
    GitRemoteDeleteUrl::SPEC,
    GitFetch::SPEC,
    GitFetchAll::SPEC,
    GitFetchQuietly::SPEC,
    GitLsRemote::SPEC,
    GitPush::SPEC,
    GitRemoteList::SPEC,
    GitRemoteAdd::SPEC,
    GitRemoteRename::SPEC,
    GitRemoteRemove::SPEC,
    GitRemoteSetHead::SPEC,
    GitRemoteShow::SPEC,
    GitRemotePrune::SPEC,
    GitRemoteUpdate::SPEC,
    GitRemoteSetBranches::SPEC,
    GitRemoteGetUrl::SPEC,
    GitRemoteSetUrl::SPEC,
];
