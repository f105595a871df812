//! The typed outputs of GNU tar.

mod differences;
mod label;
mod line;
mod list;
mod report;
mod version;
mod warning;

pub use self::differences::{Difference, DifferenceKind, Differences};
pub use self::label::Label;
pub(super) use self::line::{bsd_entry, unescape};
pub use self::list::{DeviceNumbers, Entry, EntryKind, Listing};
pub use self::report::{Checkpoint, Report, Totals};
pub use self::version::{Flavour, Version};
pub(super) use self::warning::labelled;
pub use self::warning::{Warning, WarningKind};
