//! `tar --extract`: takes files out of an archive.

use cuprum::Command;

use crate::args::{Pathspec, SafePath};
use crate::tar::{
    Archive, Backup, Compression, Device, DirectoryRestore, Existing, FileList, Inform, Match, Ownership,
    Permissions, Report, Restore, Tar,
};

/// Takes the files of an archive out, into a directory (tar(1), "extract").
///
/// Members stay below the directory: absolute names lose their `/`, names with `..` are refused, and
/// links are made last. Files belong to whoever extracts, modes pass the umask, and nothing that is
/// there is replaced. Extended attributes are left out. The directory should be new: what lies in it
/// already, a link for example, is followed. For the superuser, devices in the archive become devices.
#[derive(Clone, Debug, Command)]
#[command(
    program = Tar,
    fixed(
        "--extract",
        "--force-local",
        "--restrict",
        "--no-unquote",
        "--quoting-style=escape",
        "--no-xattrs",
        "--no-acls",
        "--no-selinux"
    ),
    fn = extract,
    output = Report,
    tier = write
)]
pub struct TarExtract {
    /// The archive.
    pub file: Archive,
    /// The directory, which must be there.
    pub directory: SafePath,
    /// What happens to files that are there.
    #[arg(flatten)]
    pub existing: Existing,
    /// When directories are given their permissions.
    #[arg(flatten)]
    pub directory_restore: DirectoryRestore,
    /// To whom the files belong.
    #[arg(flatten)]
    pub ownership: Ownership,
    /// Which permissions the files get.
    #[arg(flatten)]
    pub permissions: Permissions,
    /// What else the files get.
    #[arg(flatten)]
    pub restore: Restore,
    /// How many leading components of each name are dropped.
    pub strip_components: Option<u8>,
    /// How the archive is compressed; by default tar finds out.
    #[arg(flatten)]
    pub compression: Option<Compression>,
    /// In which blocks the archive is read.
    #[arg(flatten)]
    pub device: Device,
    /// How files that are there are kept.
    #[arg(flatten)]
    pub backup: Backup,
    /// How the archive is gone through.
    #[arg(flatten)]
    pub walk: crate::tar::Walk,
    /// What tar tells on the way.
    #[arg(flatten)]
    pub inform: Inform,
    /// What only the feature `unchecked` offers.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: crate::tar::unchecked::Unchecked,
    /// What only the feature `unchecked` offers when an archive comes out.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked_extract: crate::tar::unchecked::UncheckedExtract,
    /// How names are compared with the members, in order.
    #[arg(flatten)]
    pub matching: Vec<Match>,
    /// Takes these members, too; names of any bytes.
    #[arg(flatten)]
    pub files: Option<FileList>,
    /// Takes these members only, and what is below them.
    #[arg(positional)]
    pub members: Vec<Pathspec>,
}
