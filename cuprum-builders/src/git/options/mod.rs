//! Options that several commands share, as sets to flatten, and the values of options.
//!
//! In reading order: [`Walk`] (which commits), [`Compare`] (which differences), [`Pretty`] and
//! [`DiffText`] (how they are printed for people), [`RefFilter`] (which refs), [`Net`] and [`Shallow`]
//! (other repositories), [`Joining`] (how histories are joined), then the values.

mod compare;
mod diff_filter;
mod diff_text;
mod filter;
mod format;
mod merging;
mod net;
mod pretty;
mod refs;
mod score;
mod walk;
mod words;

pub use self::compare::{Compare, DiffAlgorithm, Pickaxe};
pub use self::diff_filter::DiffFilter;
pub use self::diff_text::{
    ColorMoved, ColorMovedSpace, DiffMerges, DiffText, Dirstat, SubmoduleDiff, When, WhitespaceErrors,
    WordDiff,
};
pub use self::filter::{Lease, ObjectFilter, StrategyOption};
pub use self::format::{PrettyFormat, SortBy, SortKey};
pub use self::merging::{Cleanup, ConflictStyle, Joining, OnEmpty, Strategy, SubmoduleScan, Track};
pub use self::net::{Net, Shallow};
pub use self::pretty::{DateFormat, Decorate, Pretty};
pub use self::refs::RefFilter;
pub use self::score::{Executable, FileLines, LineRange, Similarity, StatShape};
pub use self::walk::{HiddenRefs, NoWalk, RevSet, Walk};
pub use self::words::{ConfigValue, DirPrefix, PathList, RefChanges, Remote, ShortId};
