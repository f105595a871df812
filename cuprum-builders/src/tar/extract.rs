//! `tar --extract`: takes files out of an archive.

use cuprum::Command;

use super::Tar;
use crate::args::{Pathspec, SafePath};

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
        "--keep-old-files",
        "--delay-directory-restore",
        "--no-same-owner",
        "--no-same-permissions",
        "--no-xattrs",
        "--no-acls",
        "--no-selinux"
    ),
    fn = extract,
    tier = write
)]
pub struct TarExtract {
    /// The archive.
    pub file: SafePath,
    /// The directory, which must be there.
    pub directory: SafePath,
    /// How many leading components of each name are dropped.
    pub strip_components: Option<u8>,
    /// Takes these members only, and what is below them.
    #[arg(positional)]
    pub members: Vec<Pathspec>,
}
