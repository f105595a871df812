//! Tar: what GNU tar prints, as values.

mod failure;
mod output;

pub use self::failure::{Failure, FailureKind};
pub use self::output::{Device, Entry, EntryKind, Listing, Time};
