//! How files are read that go into an archive, and what is written down about them.

use std::ffi::OsString;

use cuprum::{ArgValue, Args};

use super::{Date, Moment};
use crate::args::{Glob, ModeChange, SafePath, Suffix, UserName};

/// How files are read that go into an archive.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Source {
    /// Takes the files that symbolic links lead to, also out of the tree, in the place of the links.
    pub dereference: bool,
    /// Takes each name of a file with several as a file of its own.
    pub hard_dereference: bool,
    /// Stays in the file system of each member.
    pub one_file_system: bool,
    /// Stores files with holes without them.
    pub sparse: bool,
    /// How holes are found.
    pub hole_detection: Option<HoleDetection>,
    /// Takes only files that are newer than this, by content or by what is known about them.
    pub newer: Option<Moment>,
    /// Takes only files whose content is newer than this.
    pub newer_mtime: Option<Date>,
    /// Goes on after a file that cannot be read, and does not count it as a failure.
    pub ignore_failed_read: bool,
    /// Warns of files that have names which were not taken.
    pub check_links: bool,
    /// Leaves the access times of files as they were.
    pub atime_preserve: Option<Option<AtimePreserve>>,
    /// How the members of each directory are sorted; by default as the file system has them.
    pub sort: Option<Sort>,
    /// Changes names by a replacement as sed(1) writes it: `s/^src/lib/`.
    pub transform: Vec<String>,
}

/// What an archive says about the files in it, in place of what the file system says.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Stamp {
    /// The owner of all files.
    pub owner: Option<Account>,
    /// The group of all files.
    pub group: Option<Account>,
    /// A file with lines of an owner and the owner to write in its place.
    pub owner_map: Option<SafePath>,
    /// A file with lines of a group and the group to write in its place.
    pub group_map: Option<SafePath>,
    /// The permissions of all files.
    pub mode: Option<ModeChange>,
    /// The modification time of all files.
    pub mtime: Option<Moment>,
    /// Sets only times that are later than `mtime`.
    #[arg(requires("mtime"))]
    pub clamp_mtime: bool,
    /// Stores access lists, or does not.
    #[arg(negatable)]
    pub acls: Option<bool>,
    /// Stores the contexts of SELinux, or does not.
    #[arg(negatable)]
    pub selinux: Option<bool>,
    /// Stores extended attributes, or does not.
    #[arg(negatable)]
    pub xattrs: Option<bool>,
    /// Stores extended attributes of these names.
    pub xattrs_include: Vec<Glob>,
    /// Does not store extended attributes of these names.
    pub xattrs_exclude: Vec<Glob>,
}

/// Backups of what has changed since the last one (GNU tar manual, "Using tar to Perform Incremental
/// Dumps").
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Incremental {
    /// The file with what was there the last time, which is brought up to date; a new one makes a full
    /// backup.
    #[arg(danger = "loss")]
    pub listed_incremental: Option<SafePath>,
    /// In the old format, without a file.
    pub incremental: bool,
    /// `0` makes a full backup whatever the file says.
    #[arg(requires("listed_incremental"))]
    pub level: Option<u8>,
    /// Whether a file on another device counts as another file; yes by default.
    #[arg(negatable)]
    pub check_device: Option<bool>,
}

/// How an archive that is there is kept when it is replaced.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Backup {
    /// Keeps a file that would be replaced, under another name.
    pub backup: Option<Option<BackupControl>>,
    /// What is added to the name; `~` by default.
    #[arg(requires("backup"))]
    pub suffix: Option<Suffix>,
}

/// How a file is called that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum BackupControl {
    /// It is not kept.
    None,
    /// With a number: `name.~1~`.
    Numbered,
    /// With a number if there are such already, else simply.
    Existing,
    /// Simply: `name~`.
    Simple,
}

/// How the holes of files are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum HoleDetection {
    /// By asking the file system.
    Seek,
    /// By reading.
    Raw,
}

/// How access times are left as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum AtimePreserve {
    /// They are set back after a file was read.
    Replace,
    /// They are not changed by reading, where the system can do that.
    System,
}

/// How the members of a directory are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Sort {
    /// As the file system has them.
    None,
    /// By name, so that equal trees give equal archives.
    Name,
    /// By where they are on the disk.
    Inode,
}

/// An owner or a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Account {
    /// By its number.
    Id(u32),
    /// By its name on this host.
    Name(UserName),
    /// By a name and a number that need not be on this host.
    Both(UserName, u32),
}

impl ArgValue for Account {
    fn to_os(&self) -> OsString {
        match self {
            Self::Id(id) => id.to_string().into(),
            Self::Name(name) => name.to_os(),
            Self::Both(name, id) => format!("{name}:{id}").into(),
        }
    }
}
