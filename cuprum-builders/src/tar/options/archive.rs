//! The archive itself: where it is, its format, how it is compressed, in which blocks it is read.

use std::ffi::OsString;

use cuprum::spec::IntoArg;
use cuprum::{ArgValue, Args};

use crate::args::SafePath;

/// Where an archive is.
///
/// A [`SafePath`] becomes one where a command asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Archive {
    /// A file.
    File(SafePath),
    /// Standard input or output: a pipeline, or the bytes that a verb returns.
    Stdio,
}

impl From<SafePath> for Archive {
    fn from(path: SafePath) -> Self {
        Self::File(path)
    }
}

impl IntoArg<Archive> for SafePath {
    fn into_arg(self) -> Archive {
        self.into()
    }
}

impl ArgValue for Archive {
    fn to_os(&self) -> OsString {
        match self {
            Self::File(path) => path.to_os(),
            Self::Stdio => "-".into(),
        }
    }
}

/// How an archive is compressed.
///
/// The program that does it is looked up in the directories of [`Tar`](super::Tar).
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
    /// By lzip(1).
    Lzip,
    /// By xz(1), in the old form of `.lzma` files.
    Lzma,
    /// By lzop(1).
    Lzop,
    /// By compress(1).
    Compress,
    /// As the ending of the archive's name says.
    #[arg(long = "auto-compress")]
    ByName,
    /// Not at all, whatever the name says; the default.
    #[arg(long = "no-auto-compress")]
    Never,
}

/// The format of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Format {
    /// That of GNU tar 1.13 and later, the default of most builds.
    Gnu,
    /// That of GNU tar up to 1.12.
    Oldgnu,
    /// That of POSIX.1-2001: any size, any name, times to the nanosecond.
    Posix,
    /// That of POSIX.1-1988.
    Ustar,
    /// That of Unix V7.
    V7,
}

/// How an archive is written.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Layout {
    /// The format.
    pub format: Option<Format>,
    /// A keyword of the format [`Format::Posix`], with its value: `delete=atime`.
    pub pax_option: Vec<String>,
    /// The name of the volume.
    pub label: Option<String>,
    /// The format of sparse files; implies [`Source::sparse`](super::Source::sparse).
    pub sparse_version: Option<SparseVersion>,
}

/// The format of sparse files in an archive of the format [`Format::Posix`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum SparseVersion {
    /// 0.0
    #[arg(value = "0.0")]
    V0_0,
    /// 0.1
    #[arg(value = "0.1")]
    V0_1,
    /// 1.0, the default.
    #[arg(value = "1.0")]
    V1_0,
}

/// In which blocks an archive is read and written, and where it goes on (GNU tar manual, "Tapes and
/// Other Archive Media").
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Device {
    /// How many blocks of 512 bytes a record has; 20 by default.
    pub blocking_factor: Option<u32>,
    /// How many bytes a record has: a multiple of 512.
    #[arg(conflicts("blocking_factor"))]
    pub record_size: Option<u64>,
    /// Reads on until a record is full, as from a pipe.
    pub read_full_records: bool,
    /// Reads on behind the end of an archive, as after several were joined.
    pub ignore_zeros: bool,
    /// Whether the archive can be sought in; by default tar finds out.
    #[arg(negatable)]
    pub seek: Option<bool>,
    /// Goes on with the next volume when one is full. Tar asks for it on standard input.
    pub multi_volume: bool,
    /// How long a volume is, in units of 1024 bytes; implies `multi_volume`.
    pub tape_length: Option<u64>,
    /// Keeps the number of the volume in this file.
    #[arg(danger = "loss")]
    pub volno_file: Option<SafePath>,
}
