//! The traits whose methods users call, and the macros; no types.

#[cfg(feature = "git")]
pub use crate::git::GitFailure;
pub use cuprum::prelude::*;
