//! `tar --create`: writes an archive.

use cuprum::Command;

use crate::args::{Glob, SafePath};
use crate::tar::{
    Archive, Backup, Compression, Device, FileList, Incremental, Inform, Layout, Report, Select, Source,
    Stamp, Tar,
};

/// Writes files into a new archive (tar(1), "create").
///
/// Owners are written as numbers. A member that begins with `/` loses it, as always with tar. A file
/// that changes or goes away while it is read is a warning, and the archive is there all the same.
#[derive(Clone, Debug, Command)]
#[command(
    program = Tar,
    fixed("--create", "--force-local", "--restrict", "--no-unquote", "--quoting-style=escape", "--numeric-owner"),
    fn = create,
    output = Report,
    ok(0, 1),
    tier = write
)]
pub struct TarCreate {
    /// The archive, which is overwritten if it is there.
    pub file: Archive,
    /// How the archive is compressed; by default it is not.
    #[arg(flatten)]
    pub compression: Option<Compression>,
    /// How the archive is written.
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
    /// What has changed since the last backup.
    #[arg(flatten)]
    pub incremental: Incremental,
    /// How an archive that is there is kept.
    #[arg(flatten)]
    pub backup: Backup,
    /// What tar tells on the way.
    #[arg(flatten)]
    pub inform: Inform,
    /// Reads the archive back and compares it with the files; not with a compressed one.
    pub verify: bool,
    /// Deletes each file when it is in the archive.
    #[arg(danger = "loss")]
    pub remove_files: bool,
    /// What only the feature `unchecked` offers.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: crate::tar::unchecked::Unchecked,
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

impl TarCreate {
    /// Names members from this directory; by default from the working directory.
    ///
    /// It holds for what is selected afterwards, and for the members.
    #[must_use]
    pub fn directory(self, directory: SafePath) -> Self {
        self.select(Select::Directory(directory))
    }

    /// Leaves files of these names out, with all that is below them.
    ///
    /// It holds for what is selected afterwards, and for the members.
    #[must_use]
    pub fn exclude(self, pattern: Glob) -> Self {
        self.select(Select::Exclude(pattern))
    }
}
