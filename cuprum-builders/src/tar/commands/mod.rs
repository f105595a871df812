//! The commands: one for each mode of tar.

mod change;
mod create;
mod extract;
mod list;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::change::{
    TarAppend, TarConcatenate, TarDelete, TarUpdate, append, concatenate, delete, update,
};
pub use self::create::{TarCreate, create};
pub use self::extract::{TarExtract, extract};
pub use self::list::{
    TarContents, TarDefaults, TarDiff, TarList, TarSnapshotFieldRanges, TarTestLabel, TarVersion, contents,
    defaults, diff, list, snapshot_field_ranges, test_label, version,
};

/// The facts about each of them.
pub(super) const COMMANDS: &[&CommandSpec] = &[
    TarAppend::SPEC,
    TarConcatenate::SPEC,
    TarContents::SPEC,
    TarCreate::SPEC,
    TarDefaults::SPEC,
    TarDelete::SPEC,
    TarDiff::SPEC,
    TarExtract::SPEC,
    TarList::SPEC,
    TarSnapshotFieldRanges::SPEC,
    TarTestLabel::SPEC,
    TarUpdate::SPEC,
    TarVersion::SPEC,
];
