//! How files come out of an archive: what is replaced, and what they are given.

use cuprum::{ArgValue, Args};

use crate::args::{Glob, RelPath};

/// What happens to a file that is there already when one of its name comes out of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Args)]
#[non_exhaustive]
pub enum Existing {
    /// It stays, and that is a failure; the default.
    #[default]
    KeepOldFiles,
    /// It stays, silently.
    SkipOldFiles,
    /// It stays if it is newer, and is replaced otherwise.
    #[arg(danger = "loss")]
    KeepNewerFiles,
    /// It is removed before the new one is made.
    #[arg(danger = "loss")]
    UnlinkFirst,
    /// It is replaced, and a directory gets the permissions and times of the archive.
    #[arg(long = "overwrite-dir", danger = "loss")]
    Replace,
    /// It is replaced, and a directory keeps its permissions and times.
    #[arg(long = "no-overwrite-dir", danger = "loss")]
    ReplaceFiles,
    /// It is written over; where it is a symbolic link, so is what the link leads to.
    #[cfg(feature = "unchecked")]
    #[arg(danger = "loss")]
    Overwrite,
}

/// When directories are given their permissions and times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Args)]
pub enum DirectoryRestore {
    /// When all is there; the default.
    #[default]
    DelayDirectoryRestore,
    /// When no more members of the directory are expected.
    NoDelayDirectoryRestore,
}

/// To whom files belong that come out of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Args)]
pub enum Ownership {
    /// To whoever extracts; the default.
    #[default]
    NoSameOwner,
    /// To whom the archive says, by number; only the superuser can do that.
    #[arg(danger = "loss")]
    SameOwner,
}

/// Which permissions files get that come out of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Args)]
pub enum Permissions {
    /// Those of the archive, less those that the umask takes away and the special ones; the default.
    #[default]
    NoSamePermissions,
    /// Exactly those of the archive, with set-user-id and its like.
    #[arg(danger = "loss")]
    SamePermissions,
}

/// What files get that come out of an archive, beyond their content.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Restore {
    /// Leaves the modification times as they come.
    pub touch: bool,
    /// Restores access lists; left out by default.
    #[arg(danger = "loss")]
    pub acls: bool,
    /// Restores the contexts of SELinux; left out by default.
    #[arg(danger = "loss")]
    pub selinux: bool,
    /// Restores extended attributes; left out by default.
    #[arg(danger = "loss")]
    pub xattrs: bool,
    /// Restores extended attributes of these names.
    #[arg(requires("xattrs"))]
    pub xattrs_include: Vec<Glob>,
    /// Does not restore extended attributes of these names.
    #[arg(requires("xattrs"))]
    pub xattrs_exclude: Vec<Glob>,
    /// Writes runs of zeros as holes.
    pub sparse: bool,
    /// Puts everything into a new directory: of this name, or named after the archive.
    pub one_top_level: Option<Option<RelPath>>,
}

/// Which signal makes tar print how much it has read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum TotalsSignal {
    /// `SIGHUP`
    #[arg(value = "SIGHUP")]
    Hangup,
    /// `SIGQUIT`
    #[arg(value = "SIGQUIT")]
    Quit,
    /// `SIGINT`
    #[arg(value = "SIGINT")]
    Interrupt,
    /// `SIGUSR1`
    #[arg(value = "SIGUSR1")]
    User1,
    /// `SIGUSR2`
    #[arg(value = "SIGUSR2")]
    User2,
}
