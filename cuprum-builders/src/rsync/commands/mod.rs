//! The commands of rsync.

mod list;
mod transfer;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::list::{RsyncList, RsyncListRemote, RsyncVersion, list, list_remote, version};
#[cfg(feature = "unchecked")]
pub(super) use self::transfer::transfer_command;
pub use self::transfer::{RsyncCopy, RsyncPull, RsyncPush, copy, pull, push};

/// The facts about each of them.
pub(super) const COMMANDS: &[&CommandSpec] = &[
    RsyncCopy::SPEC,
    RsyncList::SPEC,
    RsyncListRemote::SPEC,
    RsyncPull::SPEC,
    RsyncPush::SPEC,
    RsyncVersion::SPEC,
];
