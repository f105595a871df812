//! How an archive is gone through that is read.

use std::num::NonZeroU32;

use cuprum::Args;

use crate::args::Pathspec;

/// How an archive is gone through that is read.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Walk {
    /// Takes only this occurrence of each member that is asked for, the first one by default, and stops
    /// when all were found.
    pub occurrence: Option<Option<NonZeroU32>>,
    /// Begins at this member.
    pub starting_file: Option<Pathspec>,
    /// Says that members are asked for in the order of the archive.
    pub preserve_order: bool,
    /// Names each directory that does not match what is asked for.
    pub show_omitted_dirs: bool,
}
