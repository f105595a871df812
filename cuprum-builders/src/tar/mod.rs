//! Tar: its commands, and what GNU tar prints, as values.
//!
//! Each mode of tar is a struct with a function of its name: [`create`](create()),
//! [`extract`](extract()), [`list`](list()), [`diff`](diff()), [`append`](append()),
//! [`update`](update()), [`concatenate`](concatenate()), [`delete`](delete()),
//! [`test_label`](test_label()), and [`contents`](contents()) for what comes out on standard output.
//! The module [`bsd`] has what the tar of libarchive shares. [`unpack`] takes out what comes from somebody else.
//! [`commands`](commands()) lists the facts about all of them.
//! Options that several modes take come in sets: [`Source`], [`Device`], [`Select`] and others.
//!
//! # What is done most
//!
//! ```
//! use cuprum_builders::args::{Glob, SafePath};
//! use cuprum_builders::prelude::*;
//! use cuprum_builders::tar::{self, Compression, FileList, Limits};
//!
//! // A directory, compressed, without some of its files; names in the archive begin below `site`.
//! let create = tar::create(lit!(SafePath, "site.tar.gz")).compression(Compression::Gzip);
//! let create = create.directory(lit!(SafePath, "site")).exclude(lit!(Glob, "*.tmp")).members(lit!(SafePath, "."));
//! assert!(create.into_safe().to_string().ends_with("--directory=./site '--exclude=*.tmp' -- ."));
//!
//! // Files by their names, which may be any: those that `git::ls_files` found, for example.
//! let files = FileList::new(["-x", "a b", "notes:2024.txt"])?;
//! let create = tar::create(lit!(SafePath, "some.tar")).files(files);
//! assert!(create.into_safe().to_string().ends_with("--null --files-from=-"));
//!
//! // What somebody else made goes into a new directory, or is refused.
//! async fn open(archive: SafePath) -> Result<tar::Report, tar::UnpackError> {
//!     tar::unpack(archive, lit!(SafePath, "opened"), &Limits::new().entries(1_000)).await
//! }
//! # Ok::<(), cuprum_builders::args::ArgError>(())
//! ```

pub mod bsd;
mod commands;
mod failure;
mod limits;
mod options;
mod output;
mod program;
#[cfg(feature = "unchecked")]
pub mod unchecked;
mod unpack;

use cuprum::spec::CommandSpec;

pub use self::commands::{
    TarAppend, TarConcatenate, TarContents, TarCreate, TarDefaults, TarDelete, TarDiff, TarExtract, TarList,
    TarSnapshotFieldRanges, TarTestLabel, TarUpdate, TarVersion, append, concatenate, contents, create,
    defaults, delete, diff, extract, list, snapshot_field_ranges, test_label, update, version,
};
pub use self::options::{
    Account, Archive, AtimePreserve, Backup, BackupControl, CheckpointAction, Compression, Date, Device,
    DirectoryRestore, Existing, FileList, Format, HoleDetection, Incremental, Inform, Layout, Match, Moment,
    Ownership, Permissions, Restore, Select, Sort, Source, SparseVersion, Stamp, TotalsSignal, Walk, Warn,
    WarningKeyword,
};
pub use self::program::Tar;

pub use self::limits::{Limits, Refusal, Refused};
pub use self::unpack::{UnpackError, unpack, unpack_sync};

pub use self::failure::{Failure, FailureKind, TarFailure};
pub use self::output::{
    Checkpoint, DeviceNumbers, Difference, DifferenceKind, Differences, Entry, EntryKind, Flavour, Label,
    Listing, Report, Totals, Version, Warning, WarningKind,
};

/// Returns the facts about every command of this module; [`bsd`] has others.
pub fn commands() -> impl Iterator<Item = &'static CommandSpec> {
    commands::COMMANDS.iter().copied()
}
