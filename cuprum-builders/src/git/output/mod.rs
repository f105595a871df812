//! The typed outputs of git: what each command prints, read from bytes.
//!
//! Each type has `parse`, or `parse_list` where git prints one after the other, and a constant `FORMAT`
//! with the options that make git print what it reads. Nothing is lost of a path or a text, whatever its
//! bytes; an output that does not fit is an [`OutputError`](cuprum::spec::OutputError), never a panic.

mod bisect;
mod change;
mod config;
mod files;
mod history;
mod log;
mod mail;
mod matches;
mod merge_tree;
mod naming;
mod notes;
mod object_id;
mod objects;
mod people;
mod places;
mod progress;
mod quoted;
pub(super) mod read;
mod records;
mod refs;
mod stash;
mod status;
mod told;
mod transfer;

pub(super) use self::quoted::quoted_lines;
use self::read::listed;

pub use self::bisect::{BisectLog, BisectMark, Bisected};
pub use self::change::{ChangeKind, CombinedChange, Diff, FileChange, LineCount};
pub use self::config::{ConfigEntry, ConfigScope};
pub use self::files::{CleanedPath, IndexEntry, LineEnds, TreeEntry};
pub use self::history::History;
pub use self::log::{Commit, Log, Signature, Time};
pub use self::mail::PatchMail;
pub use self::matches::{AttributeOf, IgnoreMatch, IgnoreRule, Match};
pub use self::merge_tree::{ConflictEntry, MergeMessage, MergeTree};
pub use self::naming::{Counts, Description, RevListEntry};
pub use self::notes::Note;
pub use self::object_id::ObjectId;
pub use self::objects::{FoundObject, ObjectCount, ObjectKind, ObjectNames};
pub use self::people::{Author, Blame, BlameCommit, BlameLine, Contact};
pub use self::places::{RemoteLine, SubmoduleState, SubmoduleStatus, Worktree};
pub use self::progress::{Phase, Progress};
pub use self::records::records;
pub use self::refs::{Ref, RefLine, RemoteRef, Tracking};
pub use self::stash::{ReflogEntry, Stash};
pub use self::status::{
    Branch, Change, Conflict, FileVersion, Moved, State, Status, Submodule, Tracked, Unmerged,
};
pub use self::told::{Told, ToldRef};
pub use self::transfer::{Fetched, FetchedRef, Pushed, PushedRef, RefUpdate};
