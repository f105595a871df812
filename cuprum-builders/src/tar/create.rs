//! `tar --create`: writes an archive.

use cuprum::{ArgValue, Args, Command};

use super::Tar;
use crate::args::{Glob, SafePath};

/// Writes files into a new archive (tar(1), "create").
///
/// Owners are written as numbers. A member that begins with `/` loses it, as always with tar.
#[derive(Clone, Debug, Command)]
#[command(program = Tar, fixed("--create", "--force-local", "--numeric-owner"), fn = create, tier = write)]
pub struct TarCreate {
    /// The archive, which is overwritten if it is there.
    pub file: SafePath,
    /// The directory that members are named from; by default the working directory.
    pub directory: Option<SafePath>,
    /// How the archive is compressed; by default it is not.
    #[arg(flatten)]
    pub compression: Option<Compression>,
    /// How the members of each directory are sorted; by default as the file system has them.
    pub sort: Option<Sort>,
    /// Leaves files of these names out, with all that is below them.
    pub exclude: Vec<Glob>,
    /// The files and directories.
    #[arg(positional, min = 1)]
    pub members: Vec<SafePath>,
}

/// How an archive is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Args)]
pub enum Compression {
    /// By gzip(1).
    Gzip,
    /// By bzip2(1).
    Bzip2,
    /// By xz(1).
    Xz,
    /// By zstd(1).
    Zstd,
}

/// How the members of a directory are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Sort {
    /// As the file system has them.
    None,
    /// By name, so that equal trees give equal archives.
    Name,
}
