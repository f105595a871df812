//! How files are written at the destination, and what is deleted.

use cuprum::Args;

use crate::args::{RelPath, SafePath, Suffix};

/// How files are written at the destination.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Writing {
    /// Keeps files that are replaced or deleted, under another name.
    pub backup: bool,
    /// The directory in which they are kept; a relative one is taken from the destination.
    #[arg(requires("backup"))]
    pub backup_dir: Option<SafePath>,
    /// What is added to the name; `~` by default, nothing in another directory.
    #[arg(requires("backup"))]
    pub suffix: Option<Suffix>,
    /// Writes into the file that is there instead of replacing it when the new one is complete.
    #[arg(danger = "loss")]
    pub inplace: bool,
    /// Takes what is there for the beginning of the file, and appends the rest.
    #[arg(danger = "loss")]
    pub append: bool,
    /// The same, and compares the whole file afterwards.
    #[arg(danger = "loss")]
    pub append_verify: bool,
    /// Keeps files that were not transferred to their end.
    pub partial: bool,
    /// Keeps them in this directory, beside where they belong.
    pub partial_dir: Option<RelPath>,
    /// The directory in which files are written before they are moved to their place; it must be there,
    /// below the destination.
    pub temp_dir: Option<RelPath>,
    /// Moves all files to their places at the end.
    pub delay_updates: bool,
    /// Writes runs of zeros as holes.
    pub sparse: bool,
    /// Takes the space for each file before it is written.
    #[arg(since = "3.1")]
    pub preallocate: bool,
    /// Writes each file to the disk before going on.
    #[arg(since = "3.2.4")]
    pub fsync: bool,
    /// Refuses directories of options, such as `backup_dir`, that are not below this one.
    #[arg(since = "3.5")]
    pub confine_root: Option<SafePath>,
}

/// What is deleted, beyond what [`delete`](super::RsyncCopy::delete) says.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Deletion {
    /// When what the source does not have is deleted; gives `delete`, too.
    #[arg(flatten)]
    pub moment: Option<DeleteWhen>,
    /// Deletes what rules leave out, too.
    #[arg(danger = "loss")]
    pub delete_excluded: bool,
    /// Deletes what is at the destination for a source that is not there.
    #[arg(danger = "loss", since = "3.1")]
    pub delete_missing_args: bool,
    /// Deletes also when files of the source could not be read.
    #[arg(danger = "loss")]
    pub ignore_errors: bool,
    /// Deletes directories that are in the way of a file, with what is in them.
    #[arg(danger = "loss")]
    pub force: bool,
    /// Deletes files of the source when they were transferred.
    #[arg(danger = "loss")]
    pub remove_source_files: bool,
}

/// When what the source does not have is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Args)]
pub enum DeleteWhen {
    /// Before the transfer.
    #[arg(long = "delete-before", danger = "loss")]
    Before,
    /// During the transfer.
    #[arg(long = "delete-during", danger = "loss")]
    During,
    /// After the transfer, what was found during it.
    #[arg(long = "delete-delay", danger = "loss")]
    Delay,
    /// After the transfer.
    #[arg(long = "delete-after", danger = "loss")]
    After,
}
