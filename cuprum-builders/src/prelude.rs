//! The traits whose methods users call, and the macros; no types.

#[cfg(feature = "git")]
pub use crate::git::GitFailure as _;
#[cfg(feature = "rsync")]
pub use crate::rsync::RsyncFailure as _;
#[cfg(feature = "tar")]
pub use crate::tar::TarFailure as _;
pub use cuprum::prelude::*;
