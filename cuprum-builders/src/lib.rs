//! Typed git, tar and rsync commands for Cuprum.
//!
//! [`args`] holds the checked values that commands take. Each program has a feature of its name, and a
//! module with its commands and what they print; no feature is on by default.

pub mod args;
#[cfg(feature = "git")]
pub mod git;
#[cfg(any(feature = "git", feature = "rsync", feature = "tar"))]
pub mod output;
pub mod prelude;
#[cfg(feature = "rsync")]
pub mod rsync;
#[cfg(feature = "tar")]
pub mod tar;
