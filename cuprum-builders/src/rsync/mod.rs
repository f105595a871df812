//! Rsync: what it prints, as values.

mod failure;
mod output;

pub use self::failure::{Failure, FailureKind};
pub use self::output::{Attribute, Change, FileKind, Files, Link, Stats, Transfer, Update};
