//! The commands of rsync.

mod list;
mod transfer;

pub use self::list::{RsyncList, RsyncListRemote, RsyncVersion, list, list_remote, version};
#[cfg(feature = "unchecked")]
pub(super) use self::transfer::transfer_command;
pub use self::transfer::{RsyncCopy, RsyncPull, RsyncPush, copy, pull, push};
