//! What tar tells on the way.

use std::ffi::OsString;

use cuprum::{ArgValue, Args};

use super::TotalsSignal;
use crate::args::SafePath;

/// What tar tells on the way (GNU tar manual, "Checking tar progress").
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Inform {
    /// Names each member.
    pub verbose: bool,
    /// Tells how much was read or written: at the end, or when it gets a signal.
    pub totals: Option<Option<TotalsSignal>>,
    /// Says after this many records how far it is; 10 by default.
    pub checkpoint: Option<Option<u32>>,
    /// What it does then; by default it prints a line to standard error.
    #[arg(requires("checkpoint"))]
    pub checkpoint_action: Vec<CheckpointAction>,
    /// Writes the names of the members to this file, which is overwritten.
    #[arg(danger = "loss")]
    pub index_file: Option<SafePath>,
    /// Switches warnings on and off.
    pub warning: Vec<Warn>,
    /// Names members as they are after a change of names.
    pub show_transformed_names: bool,
    /// Asks before each member, on standard input.
    pub interactive: bool,
}

/// What tar does when it says how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckpointAction {
    /// Prints a dot.
    Dot,
    /// Prints how much was read or written.
    Totals,
    /// Prints this text, in which `%u` is the number of the checkpoint and `%T` the totals.
    Echo(String),
    /// Waits for this many seconds.
    Sleep(u32),
}

impl ArgValue for CheckpointAction {
    fn to_os(&self) -> OsString {
        match self {
            Self::Dot => "dot".into(),
            Self::Totals => "totals".into(),
            Self::Echo(text) => format!("echo={text}").into(),
            Self::Sleep(seconds) => format!("sleep={seconds}").into(),
        }
    }
}

/// A warning that is switched on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warn {
    /// It is printed.
    On(WarningKeyword),
    /// It is not printed.
    Off(WarningKeyword),
}

impl ArgValue for Warn {
    fn to_os(&self) -> OsString {
        match self {
            Self::On(keyword) => keyword.to_os(),
            Self::Off(keyword) => {
                let mut word = OsString::from("no-");
                word.push(keyword.to_os());
                word
            }
        }
    }
}

/// What tar warns of (GNU tar manual, "Controlling Warning Messages").
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
#[non_exhaustive]
pub enum WarningKeyword {
    /// Everything.
    All,
    /// A lone block of zeros.
    AloneZeroBlock,
    /// A directory record that cannot be read.
    BadDumpdir,
    /// A directory that is marked as a cache.
    Cachedir,
    /// A file that is stored in one piece, on a system that has no such files.
    ContiguousCast,
    /// A program that decompresses and failed.
    DecompressProgram,
    /// A file that is there and is kept.
    ExistingFile,
    /// A file that changed as it was read.
    FileChanged,
    /// A file that is of no kind that can be stored.
    FileIgnored,
    /// A file that went away before it was read.
    FileRemoved,
    /// A file that got shorter as it was read.
    FileShrank,
    /// A file that has not changed since the last backup.
    FileUnchanged,
    /// A name with a NUL in a list.
    FilenameWithNuls,
    /// The archive itself among its members.
    IgnoreArchive,
    /// A member that is older than the file that is there.
    IgnoreNewer,
    /// A directory that was not there at the last backup.
    NewDirectory,
    /// The size of records.
    RecordSize,
    /// A directory that was renamed since the last backup.
    RenameDirectory,
    /// A symbolic link, on a system that has none.
    SymlinkCast,
    /// A time in the future, or long ago.
    Timestamp,
    /// A kind of member that is not known.
    UnknownCast,
    /// A keyword of the POSIX format that is not known.
    UnknownKeyword,
    /// A directory of another file system.
    Xdev,
    /// An extended attribute that cannot be set.
    XattrWrite,
}
