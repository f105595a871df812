//! A list of files, as `rsync --list-only` prints it.

use std::fmt;

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

use super::unescape;
use crate::output::{Cursor, RawPath, Time, days, number, time_of_day};

/// Files and directories, in the order of rsync.
///
/// ```
/// use cuprum_builders::rsync::Listing;
///
/// let listing = Listing::parse(b"drwxr-xr-x          4096 2023/11/14 22:13:20 src\n")?;
/// let [entry] = listing.entries.as_slice() else { panic!("one line is one file") };
/// assert!(entry.is_directory());
/// assert_eq!(entry.path.as_path().to_str(), Some("src"));
/// # Ok::<(), cuprum::spec::OutputError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The files.
    pub entries: Vec<Entry>,
}

/// A file or directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The letter of its kind, as ls(1) has it: `-`, `d`, `l`, `c`, `b`, `p`, `s`.
    pub kind: char,
    /// The permission bits, with those for set-user-id, set-group-id and sticky.
    pub mode: u32,
    /// The size in bytes.
    pub size: u64,
    /// When it was last modified, to the second.
    pub modified: Time,
    /// The name below what was listed.
    pub path: RawPath,
    /// What a symbolic link leads to. Rsync puts ` -> ` before it, and a name that holds the same is cut
    /// there.
    pub target: Option<RawPath>,
}

impl Entry {
    /// Returns whether it is a directory.
    pub fn is_directory(&self) -> bool {
        self.kind == 'd'
    }
}

impl Listing {
    /// The options that make rsync print what [`Listing::parse`] reads. `TZ` must be `UTC`.
    pub const FORMAT: [&'static str; 3] = ["--list-only", "--links", "--no-human-readable"];

    /// Reads what rsync printed with the options of [`Listing::FORMAT`].
    ///
    /// Numbers may have a comma after every third digit.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut cursor = Cursor::new(output);
        let mut entries = Vec::new();
        while !cursor.is_at_end() {
            entries.push(entry(cursor.until(b'\n', "the end of a line")?)?);
        }
        Ok(Self { entries })
    }
}

/// Reads `drwxr-xr-x          4,096 2023/11/14 22:13:20 NAME`; the name is all after one space.
fn entry(mut line: Cursor<'_>) -> Result<Entry, OutputError> {
    let (kind, mode) = line.take(10).all("a kind and permissions", kind_and_mode)?;
    while line.skip(b" ") {}
    let size = line.until(b' ', "a size")?.all("a size", |bytes| {
        let digits: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b',').collect();
        number(&digits)
    })?;
    let midnight =
        line.until(b' ', "a date")?.all("a date", |bytes| days(bytes, b'/')?.checked_mul(86_400))?;
    let (seconds, nanoseconds) = line.until(b' ', "a time of day")?.all("a time of day", time_of_day)?;
    let (path, target) = line.all("a name", |bytes| names(kind, bytes))?;
    let modified = Time { seconds: midnight.saturating_add(seconds), nanoseconds };
    Ok(Entry { kind, mode, size, modified, path, target })
}

fn kind_and_mode(bytes: &[u8]) -> Option<(char, u32)> {
    let (kind, letters) = bytes.split_first().filter(|(_, letters)| letters.len() == 9)?;
    if !matches!(kind, b'-' | b'd' | b'l' | b'c' | b'b' | b'p' | b's') {
        return None;
    }
    let mut mode = 0;
    for (i, letter) in letters.iter().enumerate() {
        let (special, bit) = match letter {
            b's' | b't' => (1, 1),
            b'S' | b'T' => (1, 0),
            b'r' | b'w' | b'x' => (0, 1),
            b'-' => (0, 0),
            _ => return None,
        };
        mode |= bit << (8 - i);
        mode |= special << (11 - i / 3);
    }
    Some((char::from(*kind), mode))
}

fn names(kind: char, bytes: &[u8]) -> Option<(RawPath, Option<RawPath>)> {
    let raw = |bytes: &[u8]| RawPath::new(unescape(bytes));
    let at = bytes.windows(4).position(|window| window == b" -> ").filter(|_| kind == 'l');
    let (name, target) = match at {
        Some(at) => (bytes.get(..at)?, Some(raw(bytes.get(at + 4..)?))),
        None => (bytes, None),
    };
    (!name.is_empty()).then(|| (raw(name), target))
}

impl FromOutput for Listing {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Self::parse(outcome.complete_stdout()?)
    }
}

impl fmt::Display for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|entry| match &entry.target {
            Some(target) => writeln!(f, "{} -> {target}", entry.path),
            None => writeln!(f, "{}", entry.path),
        })
    }
}
