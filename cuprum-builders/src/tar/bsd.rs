//! The tar of libarchive, `bsdtar`: what it has in common with GNU's.
//!
//! It is the `tar` of the BSDs and of macOS, and knows few of the options of GNU tar. It keeps members
//! below the directory by itself: absolute names lose their `/`, names with `..` and those that go
//! through links are refused.

use std::fmt;

use cuprum::spec::{FromOutput, OutputError};
use cuprum::{Command, Outcome, Program};

use super::output::bsd_entry;
use super::{Archive, DeviceNumbers, EntryKind, FileList};
use crate::args::{Glob, Pathspec, SafePath};
use crate::output::{Cursor, RawPath, RawText};

/// The `bsdtar` command. Nothing is inherited from the environment, as for [`Tar`](super::Tar).
#[derive(Clone, Copy, Debug, Program)]
#[program(
    name = "bsdtar",
    separator = "--",
    tier = destructive,
    project = "core-ops",
    docs("https://man.freebsd.org/cgi/man.cgi?query=bsdtar"),
    env(
        inherit = [],
        set(
            "LC_ALL" = "C",
            "TZ" = "UTC",
            "PATH" = "/usr/local/bin:/usr/bin:/bin:/run/current-system/sw/bin"
        )
    )
)]
pub struct Bsdtar;

/// Writes files into a new archive (bsdtar(1), "c").
#[derive(Clone, Debug, Command)]
#[command(program = Bsdtar, fixed("--create", "--numeric-owner"), fn = create, tier = write)]
pub struct BsdtarCreate {
    /// The archive, which is overwritten if it is there.
    pub file: Archive,
    /// The directory that members are named from; by default the working directory.
    pub directory: Option<SafePath>,
    /// Compresses by gzip(1).
    pub gzip: bool,
    /// Stays in the file system of each member.
    pub one_file_system: bool,
    /// Leaves files of these names out, with all that is below them.
    pub exclude: Vec<Glob>,
    /// More files and directories, of any name.
    #[arg(flatten)]
    pub files: Option<FileList>,
    /// The files and directories.
    #[arg(positional)]
    pub members: Vec<SafePath>,
}

/// Takes the files of an archive out, into a directory (bsdtar(1), "x").
///
/// Files belong to whoever extracts, modes pass the umask, and nothing that is there is replaced; it is
/// no failure if something is.
#[derive(Clone, Debug, Command)]
#[command(
    program = Bsdtar,
    fixed(
        "--extract",
        "--keep-old-files",
        "--no-same-owner",
        "--no-same-permissions",
        "--no-acls",
        "--no-xattrs"
    ),
    fn = extract,
    tier = write
)]
pub struct BsdtarExtract {
    /// The archive.
    pub file: Archive,
    /// The directory, which must be there.
    pub directory: SafePath,
    /// How many leading components of each name are dropped.
    pub strip_components: Option<u8>,
    /// Leaves members of these names out.
    pub exclude: Vec<Glob>,
    /// Takes these members only, and what is below them; `*`, `?` and `[` are wildcards.
    #[arg(positional)]
    pub members: Vec<Pathspec>,
}

/// Lists the members of an archive (bsdtar(1), "t").
#[derive(Clone, Debug, Command)]
#[command(program = Bsdtar, fixed("--list", Listing::FORMAT), fn = list, output = Listing, tier = read)]
pub struct BsdtarList {
    /// The archive.
    pub file: Archive,
    /// Lists these members only, and what is below them; `*`, `?` and `[` are wildcards.
    #[arg(positional)]
    pub members: Vec<Pathspec>,
}

/// Asks which bsdtar is there.
#[derive(Clone, Copy, Debug, Command)]
#[command(program = Bsdtar, fixed("--version"), fn = version, output = super::Version, tier = read)]
pub struct BsdtarVersion;

/// The members of an archive in their order, as bsdtar prints them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The members.
    pub entries: Vec<Entry>,
}

/// A member of an archive, as bsdtar prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// The permission bits, with those for set-user-id, set-group-id and sticky.
    pub mode: u32,
    /// The number of the owner.
    pub uid: u64,
    /// The number of the group.
    pub gid: u64,
    /// The size in bytes; 0 for devices.
    pub size: u64,
    /// The numbers of a device.
    pub device: Option<DeviceNumbers>,
    /// When it was last modified, to the minute in half a year and to the day otherwise, as text.
    pub modified: RawText,
    /// The name in the archive; that of a directory ends with `/`.
    pub name: RawPath,
    /// What a link leads to; a name that holds ` -> ` is cut there.
    pub target: Option<RawPath>,
}

impl Listing {
    /// The options that make `bsdtar --list` print what [`Listing::parse`] reads.
    pub const FORMAT: [&'static str; 2] = ["--verbose", "--numeric-owner"];

    /// Reads what bsdtar printed with the options of [`Listing::FORMAT`].
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut cursor = Cursor::new(output);
        let mut entries = Vec::new();
        while !cursor.is_at_end() {
            entries.push(bsd_entry(cursor.until(b'\n', "a line")?)?);
        }
        Ok(Self { entries })
    }
}

impl FromOutput for Listing {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Self::parse(outcome.complete_stdout()?)
    }
}

impl fmt::Display for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|entry| writeln!(f, "{}", entry.name))
    }
}
