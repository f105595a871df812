//! Typed git, tar and rsync commands for Cuprum.

pub mod args;
