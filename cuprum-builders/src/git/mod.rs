//! Git: its commands, and what they print, as values.
//!
//! Each command is a struct with a function of its name: [`init`](init()), [`clone`](clone()),
//! [`add`](add()), [`commit`](commit()), [`status`](status()), [`log`](log()).

mod add;
mod clone;
mod commit;
mod failure;
mod init;
mod log;
mod output;
mod program;
mod status;

pub use self::add::{GitAdd, add};
pub use self::clone::{GitClone, clone};
pub use self::commit::{GitCommit, commit};
pub use self::init::{GitInit, init};
pub use self::log::{GitLog, log};
pub use self::program::Git;
pub use self::status::{GitStatus, Ignored, UntrackedFiles, status};

pub use self::failure::{Failure, FailureKind};
pub use self::output::{
    Branch, Change, Commit, Conflict, FileVersion, Log, Moved, ObjectId, Signature, State, Status, Submodule,
    Time, Tracked, Unmerged,
};
