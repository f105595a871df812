//! The typed outputs of git.

mod log;
mod object_id;
mod status;

pub use self::log::{Commit, Log, Signature, Time};
pub use self::object_id::ObjectId;
pub use self::status::{
    Branch, Change, Conflict, FileVersion, Moved, State, Status, Submodule, Tracked, Unmerged,
};
