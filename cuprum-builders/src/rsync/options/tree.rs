//! Which files of the source are looked at, and how they are compared with those that are there.

use cuprum::{ArgValue, Args};

use crate::args::SafePath;

/// Which files of the source are looked at.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Tree {
    /// Takes directories without what is in them.
    pub dirs: bool,
    /// The same, for an rsync on the other side that does not know `dirs`.
    pub old_dirs: bool,
    /// Keeps the whole path of each source below the destination.
    pub relative: bool,
    /// Whether directories on that path are made like those of the source; yes by default.
    #[arg(negatable)]
    pub implied_dirs: Option<bool>,
    /// Whether the transfer begins before the whole tree was looked at; yes by default.
    #[arg(negatable)]
    pub inc_recursive: Option<bool>,
    /// Stays in the file system of each source.
    pub one_file_system: bool,
    /// Leaves out directories that would be empty.
    pub prune_empty_dirs: bool,
    /// Makes the directories that lead to the destination.
    #[arg(since = "3.2.3")]
    pub mkpath: bool,
    /// Leaves out files that are larger, in bytes.
    pub max_size: Option<u64>,
    /// Leaves out files that are smaller, in bytes.
    pub min_size: Option<u64>,
    /// Leaves out files that are not there at the destination.
    pub existing: bool,
    /// Leaves out files that are there at the destination.
    pub ignore_existing: bool,
    /// Leaves out files that are newer at the destination.
    pub update: bool,
    /// Goes on when a source is not there.
    #[arg(since = "3.1")]
    pub ignore_missing_args: bool,
}

/// How files are compared with those that are there, and what else they are made from.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Compare {
    /// Transfers files also where size and time are equal.
    pub ignore_times: bool,
    /// Takes files of equal size for equal.
    pub size_only: bool,
    /// Takes times for equal that differ by this many seconds at most; -1 compares nanoseconds.
    pub modify_window: Option<i32>,
    /// By what checksum files are compared.
    #[arg(since = "3.1.3")]
    pub checksum_choice: Option<Checksum>,
    /// A number that checksums begin with.
    pub checksum_seed: Option<u32>,
    /// Whether files are sent whole, or only what differs; whole on one host by default.
    #[arg(negatable)]
    pub whole_file: Option<bool>,
    /// The size of the blocks that are compared, in bytes.
    pub block_size: Option<u32>,
    /// Looks for a similar file where one is not there.
    pub fuzzy: bool,
    /// Leaves out files that are equal in one of these directories; relative ones are taken from the
    /// destination.
    pub compare_dest: Vec<SafePath>,
    /// Copies files that are equal in one of these directories from there.
    pub copy_dest: Vec<SafePath>,
    /// Links files that are equal in one of these directories to those: a backup of its own that needs
    /// space only for what has changed.
    pub link_dest: Vec<SafePath>,
}

/// A checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Checksum {
    /// The best one that both sides know.
    Auto,
    /// xxHash with 128 bits.
    Xxh128,
    /// xxHash 3.
    Xxh3,
    /// xxHash with 64 bits.
    Xxh64,
    /// SHA-1.
    Sha1,
    /// MD5.
    Md5,
    /// MD4.
    Md4,
    /// None.
    None,
}
