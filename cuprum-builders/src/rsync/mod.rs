//! Rsync: its commands, and what it prints, as values.
//!
//! [`copy`](copy()) is a struct with a function of its name.

mod copy;
mod failure;
mod output;
mod program;

pub use self::copy::{RsyncCopy, copy};
pub use self::program::Rsync;

pub use self::failure::{Failure, FailureKind, RsyncFailure};
pub use self::output::{Attribute, Change, FileKind, Files, Link, Stats, Transfer, Update};
