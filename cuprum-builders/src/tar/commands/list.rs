//! What reads an archive and changes nothing: `--list`, `--diff`, `--test-label`, and contents.

use cuprum::Command;

use crate::args::{Pathspec, SafePath};
use crate::tar::{
    Archive, Compression, Device, Differences, FileList, Label, Listing, Match, Tar, Version, Walk,
};

/// Lists the members of an archive (tar(1), "list"). A compressed one is recognised.
#[derive(Clone, Debug, Command)]
#[command(
    program = Tar,
    fixed("--list", "--force-local", "--restrict", "--no-unquote", Listing::FORMAT),
    fn = list,
    output = Listing,
    tier = read
)]
pub struct TarList {
    /// The archive.
    pub file: Archive,
    /// How the archive is compressed; by default tar finds out.
    #[arg(flatten)]
    pub compression: Option<Compression>,
    /// In which blocks the archive is read.
    #[arg(flatten)]
    pub device: Device,
    /// How the archive is gone through.
    #[arg(flatten)]
    pub walk: Walk,
    /// Tells in which block of the archive each member begins.
    pub block_number: bool,
    /// Changes the names that are shown, by a replacement as sed(1) writes it.
    pub transform: Vec<String>,
    /// Drops this many leading components of the names that are shown.
    #[arg(requires("show_transformed_names"))]
    pub strip_components: Option<u8>,
    /// Shows names as they are after these changes.
    pub show_transformed_names: bool,
    /// What only the feature `unchecked` offers.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: crate::tar::unchecked::Unchecked,
    /// How names are compared with the members, in order.
    #[arg(flatten)]
    pub matching: Vec<Match>,
    /// Lists these members, too; names of any bytes.
    #[arg(flatten)]
    pub files: Option<FileList>,
    /// Lists these members only, and what is below them.
    #[arg(positional)]
    pub members: Vec<Pathspec>,
}

/// Finds differences between an archive and the file system (tar(1), "diff").
#[derive(Clone, Debug, Command)]
#[command(
    program = Tar,
    fixed("--diff", "--force-local", "--restrict", "--no-unquote", "--quoting-style=escape"),
    fn = diff,
    output = Differences,
    ok(0, 1),
    tier = read
)]
pub struct TarDiff {
    /// The archive.
    pub file: Archive,
    /// The directory in which the members are looked for; by default the working directory.
    pub directory: Option<SafePath>,
    /// How the archive is compressed; by default tar finds out.
    #[arg(flatten)]
    pub compression: Option<Compression>,
    /// In which blocks the archive is read.
    #[arg(flatten)]
    pub device: Device,
    /// How the archive is gone through.
    #[arg(flatten)]
    pub walk: Walk,
    /// Drops this many leading components of each name.
    pub strip_components: Option<u8>,
    /// How names are compared with the members, in order.
    #[arg(flatten)]
    pub matching: Vec<Match>,
    /// Compares these members, too; names of any bytes.
    #[arg(flatten)]
    pub files: Option<FileList>,
    /// Compares these members only, and what is below them.
    #[arg(positional)]
    pub members: Vec<Pathspec>,
}

/// Returns the contents of members, one after the other (tar(1), "to-stdout").
#[derive(Clone, Debug, Command)]
#[command(
    program = Tar,
    fixed("--extract", "--to-stdout", "--force-local", "--restrict", "--no-unquote", "--quoting-style=escape"),
    fn = contents,
    output = Vec<u8>,
    tier = read
)]
pub struct TarContents {
    /// The archive.
    pub file: Archive,
    /// How the archive is compressed; by default tar finds out.
    #[arg(flatten)]
    pub compression: Option<Compression>,
    /// In which blocks the archive is read.
    #[arg(flatten)]
    pub device: Device,
    /// How the archive is gone through.
    #[arg(flatten)]
    pub walk: Walk,
    /// How names are compared with the members, in order.
    #[arg(flatten)]
    pub matching: Vec<Match>,
    /// These members, too; names of any bytes.
    #[arg(flatten)]
    pub files: Option<FileList>,
    /// These members only, and what is below them.
    #[arg(positional)]
    pub members: Vec<Pathspec>,
}

/// Returns the label of an archive, and whether it is one of some (tar(1), "test-label").
#[derive(Clone, Debug, Command)]
#[command(
    program = Tar,
    fixed("--test-label", "--force-local", "--restrict", "--no-unquote", Listing::FORMAT),
    fn = test_label,
    output = Label,
    ok(0, 1),
    tier = read
)]
pub struct TarTestLabel {
    /// The archive.
    pub file: Archive,
    /// How the archive is compressed; by default tar finds out.
    #[arg(flatten)]
    pub compression: Option<Compression>,
    /// In which blocks the archive is read.
    #[arg(flatten)]
    pub device: Device,
    /// The labels that are looked for; wildcards match.
    #[arg(positional)]
    pub labels: Vec<String>,
}

/// Asks which tar is there (tar(1), "version").
#[derive(Clone, Copy, Debug, Command)]
#[command(program = Tar, fixed("--version"), fn = version, output = Version, tier = read)]
pub struct TarVersion;

/// Asks what tar does by default, as options (tar(1), "show-defaults").
#[derive(Clone, Copy, Debug, Command)]
#[command(program = Tar, fixed("--show-defaults"), fn = defaults, output = String, tier = read)]
pub struct TarDefaults;

/// Asks which numbers fit into the fields of a file of
/// [incremental backups](crate::tar::Incremental::listed_incremental).
#[derive(Clone, Copy, Debug, Command)]
#[command(
    program = Tar,
    fixed("--show-snapshot-field-ranges"),
    fn = snapshot_field_ranges,
    output = String,
    tier = read
)]
pub struct TarSnapshotFieldRanges;
