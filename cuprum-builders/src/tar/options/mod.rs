//! Sets of options that several commands take.
//!
//! In reading order: [`archive`](Archive), [`select`](Select), [`source`](Source), [`moment`](Moment),
//! [`restore`](Restore), [`report`](Inform).

mod archive;
mod moment;
mod report;
mod restore;
mod select;
mod source;
mod walk;

pub use self::archive::{Archive, Compression, Device, Format, Layout, SparseVersion};
pub use self::moment::{Date, Moment};
pub use self::report::{CheckpointAction, Inform, Warn, WarningKeyword};
pub use self::restore::{DirectoryRestore, Existing, Ownership, Permissions, Restore, TotalsSignal};
pub use self::select::{FileList, Match, Select};
pub use self::source::{
    Account, AtimePreserve, Backup, BackupControl, HoleDetection, Incremental, Sort, Source, Stamp,
};
pub use self::walk::Walk;
