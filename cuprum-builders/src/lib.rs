//! Typed git, tar and rsync commands for Cuprum.
