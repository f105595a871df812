//! What files are given at the destination beyond their content.

use std::ffi::OsString;

use cuprum::{ArgValue, Args};

use crate::args::{ModeChange, UserName};

/// What files are given at the destination beyond their content.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Attributes {
    /// Makes files executable that are, and others not.
    pub executability: bool,
    /// Changes the permissions of what is transferred.
    pub chmod: Vec<Chmod>,
    /// Sets access lists; sets permissions, too.
    pub acls: bool,
    /// Sets extended attributes.
    pub xattrs: bool,
    /// Sets the owner; only the superuser can do that.
    pub owner: bool,
    /// Sets the group.
    pub group: bool,
    /// Takes owners and groups by their numbers.
    pub numeric_ids: bool,
    /// The owner of all files.
    #[arg(since = "3.1")]
    pub chown: Option<Chown>,
    /// The owners of some: names or numbers, `*` for any other, as `from:to` joined by commas.
    #[arg(since = "3.1")]
    pub usermap: Option<String>,
    /// The groups of some, in the same form.
    #[arg(since = "3.1")]
    pub groupmap: Option<String>,
    /// Sets access times.
    pub atimes: bool,
    /// Does not change the access times of the files that are read.
    #[arg(since = "3.2")]
    pub open_noatime: bool,
    /// Sets the times at which files were made, where the system can do that.
    #[arg(since = "3.2.3")]
    pub crtimes: bool,
    /// Leaves the times of directories.
    pub omit_dir_times: bool,
    /// Leaves the times of symbolic links.
    pub omit_link_times: bool,
    /// Makes files that are the same file in the source the same file.
    pub hard_links: bool,
    /// Changes symbolic links so that nobody can follow them, or back.
    pub munge_links: bool,
    /// Makes devices; only the superuser can do that.
    pub devices: bool,
    /// Makes named pipes and sockets.
    pub specials: bool,
    /// Makes neither devices nor named pipes and sockets on the receiving side, whatever is asked for.
    #[arg(long = "drop-D", since = "3.5")]
    pub drop_devices: bool,
    /// Whether the receiving side tries what only the superuser can do.
    #[arg(negatable)]
    pub super_: Option<bool>,
    /// Keeps what only the superuser could set in extended attributes.
    pub fake_super: bool,
}

/// A change of permissions, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chmod {
    /// Of files and directories.
    All(ModeChange),
    /// Of files.
    Files(ModeChange),
    /// Of directories.
    Directories(ModeChange),
}

impl ArgValue for Chmod {
    fn to_os(&self) -> OsString {
        let (letter, change) = match self {
            Self::All(change) => ("", change),
            Self::Files(change) => ("F", change),
            Self::Directories(change) => ("D", change),
        };
        let changes: Vec<String> =
            change.as_str().split(',').map(|change| format!("{letter}{change}")).collect();
        changes.join(",").into()
    }
}

/// An owner, a group, or both, that all files get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chown {
    /// The owner.
    User(UserName),
    /// The group.
    Group(UserName),
    /// Both.
    Both(UserName, UserName),
}

impl ArgValue for Chown {
    fn to_os(&self) -> OsString {
        match self {
            Self::User(user) => user.to_os(),
            Self::Group(group) => format!(":{group}").into(),
            Self::Both(user, group) => format!("{user}:{group}").into(),
        }
    }
}
