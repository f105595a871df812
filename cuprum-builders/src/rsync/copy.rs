//! `rsync`: makes one directory like another on the same host.

use cuprum::Command;

use super::{Rsync, Transfer};
use crate::args::{Glob, RsyncPath};

/// Copies files from one local path to another, and reports each change (rsync(1)).
///
/// A source directory that ends with `/` stands for its contents, any other for itself. Nothing is
/// copied but regular files until a setter says so. Links that lead out of the copied tree are left
/// out.
#[derive(Clone, Debug, Command)]
#[command(program = Rsync, fixed(Transfer::FORMAT, "--outbuf=L", "--safe-links"), fn = copy, output = Transfer, tier = write)]
pub struct RsyncCopy {
    /// Descends into directories.
    pub recursive: bool,
    /// Copies symbolic links that stay within the copied tree.
    #[arg(long = "links")]
    pub links: bool,
    /// Sets the modes of the copies.
    pub perms: bool,
    /// Sets the modification times of the copies; without them the next run compares every file again.
    pub times: bool,
    /// Compares contents instead of size and modification time.
    pub checksum: bool,
    /// Deletes what the source does not have.
    #[arg(requires("recursive"))]
    pub delete: bool,
    /// Deletes this many files and directories at most.
    pub max_delete: Option<u32>,
    /// Changes nothing, and reports what would change.
    pub dry_run: bool,
    /// Leaves files of these names out.
    pub exclude: Vec<Glob>,
    /// The source.
    #[arg(positional)]
    pub from: RsyncPath,
    /// The destination; its parent must be there.
    #[arg(positional)]
    pub to: RsyncPath,
}
