//! The typed outputs of GNU tar.

mod date;
mod line;
mod list;

pub use self::list::{Device, Entry, EntryKind, Listing, Time};
