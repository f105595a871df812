//! `git rev-list`: ids of commits and objects.

use cuprum::Command;

use crate::args::{Pathspec, RevisionRange};
use crate::git::{Counts, Git, ObjectFilter, ObjectId, RevListEntry, Walk};

/// Lists the ids of commits and of their parents (git-rev-list(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rev-list",
    fixed("--parents"),
    fn = rev_list,
    output = Vec<RevListEntry>,
    parse = RevListEntry::read_list,
    tier = read
)]
pub struct GitRevList {
    /// Which commits, and in which order.
    #[arg(flatten)]
    pub walk: Walk,
    /// The revisions.
    #[arg(positional)]
    pub range: RevisionRange,
    /// More revisions.
    #[arg(positional)]
    pub more: Vec<RevisionRange>,
    /// Lists only commits that change these files and directories.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// Counts commits, of each side of `R...R` (git-rev-list(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rev-list",
    fixed("--left-right", "--count"),
    fn = rev_list_count,
    output = Counts,
    parse = Counts::read,
    tier = read
)]
pub struct GitRevListCount {
    /// Which commits.
    #[arg(flatten)]
    pub walk: Walk,
    /// The revisions.
    #[arg(positional)]
    pub range: RevisionRange,
    /// Counts only commits that change these files and directories.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// Lists the ids of commits and of all objects in them (git-rev-list(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rev-list",
    fixed("--objects", "--no-object-names"),
    fn = rev_list_objects,
    output = Vec<ObjectId>,
    parse = ObjectId::read_list,
    tier = read
)]
pub struct GitRevListObjects {
    /// Which commits.
    #[arg(flatten)]
    pub walk: Walk,
    /// Only objects that are in no pack.
    pub unpacked: bool,
    /// Is fast where there is a bitmap of the packs.
    pub use_bitmap_index: bool,
    /// Leaves these objects out.
    pub filter: Option<ObjectFilter>,
    /// Lists objects behind the commit that they are first seen in.
    pub in_commit_order: bool,
    /// Lists objects of the index, too.
    pub indexed_objects: bool,
    /// The revisions.
    #[arg(positional, always)]
    pub range: RevisionRange,
    /// More revisions.
    #[arg(positional)]
    pub more: Vec<RevisionRange>,
}

/// Tells how many bytes the objects of commits take on disk (git-rev-list(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rev-list",
    fixed("--objects", "--disk-usage"),
    fn = rev_list_disk_usage,
    output = u64,
    parse = crate::git::size,
    tier = read
)]
pub struct GitRevListDiskUsage {
    /// Which commits.
    #[arg(flatten)]
    pub walk: Walk,
    /// Is fast where there is a bitmap of the packs.
    pub use_bitmap_index: bool,
    /// The revisions.
    #[arg(positional, always)]
    pub range: RevisionRange,
}
