//! Git: what its commands print, as values.

mod failure;
mod output;

pub use self::failure::{Failure, FailureKind};
pub use self::output::{
    Branch, Change, Commit, Conflict, FileVersion, Log, Moved, ObjectId, Signature, State, Status, Submodule,
    Time, Tracked, Unmerged,
};
