//! What changes an archive that is there: `--append`, `--update`, `--concatenate`, `--delete`.

use cuprum::Command;

use crate::args::{Glob, Pathspec, SafePath};
use crate::tar::{Device, FileList, Inform, Layout, Match, Report, Select, Source, Stamp, Tar, Walk};

/// Writes files behind the members of an archive (tar(1), "append"). It cannot be a compressed one.
///
/// A file that is in the archive already is in it twice then; the last one wins when it is extracted.
#[derive(Clone, Debug, Command)]
#[command(
    program = Tar,
    fixed("--append", "--force-local", "--restrict", "--no-unquote", "--quoting-style=escape", "--numeric-owner"),
    fn = append,
    output = Report,
    ok(0, 1),
    tier = write
)]
pub struct TarAppend {
    /// The archive; a new one is made if there is none.
    pub file: SafePath,
    /// How members are written.
    #[arg(flatten)]
    pub layout: Layout,
    /// In which blocks the archive is written.
    #[arg(flatten)]
    pub device: Device,
    /// How files are read.
    #[arg(flatten)]
    pub source: Source,
    /// What the archive says about files.
    #[arg(flatten)]
    pub stamp: Stamp,
    /// What tar tells on the way.
    #[arg(flatten)]
    pub inform: Inform,
    /// Reads the members back and compares them with the files.
    pub verify: bool,
    /// Deletes each file when it is in the archive.
    #[arg(danger = "loss")]
    pub remove_files: bool,
    /// What goes into the archive, in order.
    #[arg(flatten)]
    pub select: Vec<Select>,
    /// More files and directories, of any name.
    #[arg(flatten)]
    pub files: Option<FileList>,
    /// The files and directories.
    #[arg(positional)]
    pub members: Vec<SafePath>,
}

/// Writes files that are newer than their members behind the members of an archive (tar(1),
/// "update"). It cannot be a compressed one.
#[derive(Clone, Debug, Command)]
#[command(
    program = Tar,
    fixed("--update", "--force-local", "--restrict", "--no-unquote", "--quoting-style=escape", "--numeric-owner"),
    fn = update,
    output = Report,
    ok(0, 1),
    tier = write
)]
pub struct TarUpdate {
    /// The archive.
    pub file: SafePath,
    /// How members are written.
    #[arg(flatten)]
    pub layout: Layout,
    /// In which blocks the archive is written.
    #[arg(flatten)]
    pub device: Device,
    /// How files are read.
    #[arg(flatten)]
    pub source: Source,
    /// What the archive says about files.
    #[arg(flatten)]
    pub stamp: Stamp,
    /// What tar tells on the way.
    #[arg(flatten)]
    pub inform: Inform,
    /// What goes into the archive, in order.
    #[arg(flatten)]
    pub select: Vec<Select>,
    /// More files and directories, of any name.
    #[arg(flatten)]
    pub files: Option<FileList>,
    /// The files and directories.
    #[arg(positional)]
    pub members: Vec<SafePath>,
}

macro_rules! selects {
    ($($type:ty),+) => {
        $(impl $type {
            /// Names members from this directory; by default from the working directory.
            #[must_use]
            pub fn directory(self, directory: SafePath) -> Self {
                self.select(Select::Directory(directory))
            }

            /// Leaves files of these names out, with all that is below them.
            #[must_use]
            pub fn exclude(self, pattern: Glob) -> Self {
                self.select(Select::Exclude(pattern))
            }
        })+
    };
}

selects!(TarAppend, TarUpdate);

/// Writes the members of other archives behind those of an archive (tar(1), "concatenate"). None of
/// them can be compressed.
#[derive(Clone, Debug, Command)]
#[command(
    program = Tar,
    fixed("--concatenate", "--force-local", "--restrict", "--no-unquote", "--quoting-style=escape"),
    fn = concatenate,
    output = Report,
    tier = write
)]
pub struct TarConcatenate {
    /// The archive that is made longer.
    pub file: SafePath,
    /// In which blocks the archives are.
    #[arg(flatten)]
    pub device: Device,
    /// What tar tells on the way.
    #[arg(flatten)]
    pub inform: Inform,
    /// The archives whose members are taken.
    #[arg(positional, min = 1)]
    pub archives: Vec<SafePath>,
}

/// Takes members out of an archive for good (tar(1), "delete"). It cannot be a compressed one.
#[derive(Clone, Debug, Command)]
#[command(
    program = Tar,
    fixed("--delete", "--force-local", "--restrict", "--no-unquote", "--quoting-style=escape"),
    fn = delete,
    output = Report,
    tier = destructive
)]
pub struct TarDelete {
    /// The archive.
    pub file: SafePath,
    /// In which blocks the archive is.
    #[arg(flatten)]
    pub device: Device,
    /// How the archive is gone through.
    #[arg(flatten)]
    pub walk: Walk,
    /// What tar tells on the way.
    #[arg(flatten)]
    pub inform: Inform,
    /// How names are compared with the members, in order.
    #[arg(flatten)]
    pub matching: Vec<Match>,
    /// These members, too; names of any bytes.
    #[arg(flatten)]
    pub files: Option<FileList>,
    /// The members.
    #[arg(positional)]
    pub members: Vec<Pathspec>,
}
