//! The commands: one for each mode of tar.

mod change;
mod create;
mod extract;
mod list;

pub use self::change::{
    TarAppend, TarConcatenate, TarDelete, TarUpdate, append, concatenate, delete, update,
};
pub use self::create::{TarCreate, create};
pub use self::extract::{TarExtract, extract};
pub use self::list::{
    TarContents, TarDefaults, TarDiff, TarList, TarSnapshotFieldRanges, TarTestLabel, TarVersion, contents,
    defaults, diff, list, snapshot_field_ranges, test_label, version,
};
