//! Options that make git run programs, read or write anywhere, or follow what a stranger has configured.
//!
//! They are here, behind the feature `unchecked`, so that a search finds every place that takes the
//! risk. Each raises its command to [`Tier::Destructive`](cuprum::Tier::Destructive), or at least to
//! [`Tier::Write`](cuprum::Tier::Write). What they are given must not come from outside of the program.
//!
//! ```
//! use cuprum::{Command, lit};
//! use cuprum_builders::args::RemoteName;
//! use cuprum_builders::git::unchecked::FetchUnchecked;
//! use cuprum_builders::git;
//!
//! let fetch = git::fetch(lit!(RemoteName, "origin"));
//! let fetch = fetch.unchecked(FetchUnchecked::new().upload_pack("/opt/git/bin/git-upload-pack"));
//! assert!(fetch.argv().is_ok());
//! ```

mod commands;
mod options;
mod remotes;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::commands::{
    CoverText, GitBisectRun, GitConfigSetAny, GitFormatPatchFiles, GitSubmoduleAdd, GitSubmoduleForeach,
    GitSubmoduleUpdate, GitTagVerify, ShellCommand, UpdateSubmodule, bisect_run, config_set_any,
    format_patch_files, submodule_add, submodule_foreach, submodule_update, tag_verify,
};
pub use self::options::{
    ArchiveUnchecked, CloneUnchecked, CommitUnchecked, DiffUnchecked, FetchSubmodules, FetchUnchecked,
    InitUnchecked, KeyId, LsRemoteUnchecked, PushSubmodules, PushUnchecked, RebaseUnchecked, SignPush,
    SignUnchecked, TagUnchecked,
};

pub use self::remotes::{
    GitFetchAll, GitRemoteFindHead, GitRemotePrune, GitRemoteUpdate, fetch_all, remote_find_head,
    remote_prune, remote_update,
};

/// The facts about the commands of this module.
pub(super) const COMMANDS: &[&CommandSpec] = &[
    GitConfigSetAny::SPEC,
    GitFormatPatchFiles::SPEC,
    GitSubmoduleAdd::SPEC,
    GitSubmoduleUpdate::SPEC,
    GitSubmoduleForeach::SPEC,
    GitTagVerify::SPEC,
    GitBisectRun::SPEC,
    GitFetchAll::SPEC,
    GitRemotePrune::SPEC,
    GitRemoteUpdate::SPEC,
    GitRemoteFindHead::SPEC,
];
