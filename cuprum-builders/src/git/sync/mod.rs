//! Other repositories: what is fetched from them and pushed to them.

mod fetch;
mod ls_remote;
mod push;
mod remote;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::fetch::{FetchFormat, GitFetch, GitFetchQuietly, fetch, fetch_quietly};
pub use self::ls_remote::{GitLsRemote, ls_remote};
pub use self::push::{GitPush, push};
pub use self::remote::{
    GitRemoteAdd, GitRemoteDeleteUrl, GitRemoteGetUrl, GitRemoteList, GitRemoteRemove, GitRemoteRename,
    GitRemoteSetBranches, GitRemoteSetHead, GitRemoteSetUrl, GitRemoteShow, MirrorMode, remote_add,
    remote_delete_url, remote_get_url, remote_remove, remote_rename, remote_set_branches, remote_set_head,
    remote_set_url, remote_show, remotes,
};

/// The facts about the commands of this folder.
pub(super) const COMMANDS: &[&CommandSpec] = &[
    GitRemoteDeleteUrl::SPEC,
    GitFetch::SPEC,
    GitFetchQuietly::SPEC,
    GitLsRemote::SPEC,
    GitPush::SPEC,
    GitRemoteList::SPEC,
    GitRemoteAdd::SPEC,
    GitRemoteRename::SPEC,
    GitRemoteRemove::SPEC,
    GitRemoteSetHead::SPEC,
    GitRemoteShow::SPEC,
    GitRemoteSetBranches::SPEC,
    GitRemoteGetUrl::SPEC,
    GitRemoteSetUrl::SPEC,
];
