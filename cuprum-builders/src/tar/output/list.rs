//! What is in an archive, as GNU `tar --list --verbose` prints it.

use std::fmt;

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

use super::line::entry;
use crate::output::{Cursor, RawPath, Time};

/// The members of an archive in their order, shown a name a line.
///
/// ```
/// use cuprum_builders::tar::{EntryKind, Listing};
///
/// let output = b"-rw-r--r-- 0/0 12 2023-11-14 22:13:20 my\\ notes.txt\n";
/// let listing = Listing::parse(output)?;
/// let [entry] = listing.entries() else { panic!("one line is one member") };
/// assert_eq!((entry.kind, entry.size), (EntryKind::File, 12));
/// assert_eq!(entry.name.as_path().to_str(), Some("my notes.txt"));
/// # Ok::<(), cuprum::spec::OutputError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    entries: Vec<Entry>,
}

/// A member of an archive, shown as its name and, if it is a link, its target.
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
    /// The size in bytes; 0 for what has no content, and for devices.
    pub size: u64,
    /// The numbers of a device.
    pub device: Option<DeviceNumbers>,
    /// When it was last modified.
    pub modified: Time,
    /// The name in the archive; that of a directory ends with `/`.
    pub name: RawPath,
    /// What a link leads to: any path for a symbolic one, a name of the archive for a hard one.
    pub target: Option<RawPath>,
    /// The number of its first block of 512 bytes, if it was asked for.
    pub block: Option<u64>,
}

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntryKind {
    /// A file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link.
    Symlink,
    /// Another name of an earlier member.
    HardLink,
    /// A character device.
    CharDevice,
    /// A block device.
    BlockDevice,
    /// A named pipe.
    Fifo,
    /// A file that is stored in one piece.
    Contiguous,
    /// The label of the archive.
    VolumeHeader,
    /// The rest of a file that began in another volume.
    Continuation,
}

/// The numbers of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DeviceNumbers {
    /// The driver.
    pub major: u32,
    /// The device of that driver.
    pub minor: u32,
}

impl Listing {
    /// The options that make `tar --list` print what [`Listing::parse`] reads. `TZ` must be `UTC`.
    ///
    /// The spaces of names are escaped as well, or a name could not be told from what is around it.
    pub const FORMAT: [&'static str; 5] =
        ["--verbose", "--full-time", "--numeric-owner", "--quoting-style=escape", "--quote-chars= "];

    /// Reads what GNU tar printed with the options of [`Listing::FORMAT`].
    ///
    /// Without `--quote-chars`, a link ends its name at the first ` -> ` or ` link to `.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut cursor = Cursor::new(output);
        let mut entries = Vec::new();
        while !cursor.is_at_end() {
            let line = cursor.until(b'\n', "a line")?;
            // The last line of `--block-number` is about the end of the archive.
            if !(line.rest().starts_with(b"block ") && line.rest().ends_with(b": ** Block of NULs **")) {
                entries.push(entry(line)?);
            }
        }
        Ok(Self { entries })
    }

    /// Returns the members.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Iterates over the members.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    /// Returns how many members there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Entry {
    /// Reads a line of what [`Listing::parse`] reads.
    pub(in crate::tar) fn read(line: &[u8]) -> Result<Self, OutputError> {
        entry(Cursor::new(line))
    }
}

impl FromOutput for Listing {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Self::parse(outcome.complete_stdout()?)
    }
}

impl IntoIterator for Listing {
    type Item = Entry;
    type IntoIter = std::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a> IntoIterator for &'a Listing {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.target, self.kind) {
            (None, _) => write!(f, "{}", self.name),
            (Some(target), EntryKind::HardLink) => write!(f, "{} link to {target}", self.name),
            (Some(target), _) => write!(f, "{} -> {target}", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_does_not_fit_is_plain_seconds() {
        let line = b"-rw-r--r-- 0/0 1 1000000000000000000 a\n";
        let listing = Listing::parse(line).unwrap();
        assert_eq!(
            listing.entries()[0].modified,
            Time { seconds: 1_000_000_000_000_000_000, nanoseconds: 0 }
        );
        assert!(Listing::parse(b"-rw-r--r-- 0/0 1 99999999999999999999 a\n").is_err());
    }

    #[test]
    fn an_error_names_the_byte() {
        let error = Listing::parse(b"-rw-r--r-- 0/0 1 2023-11-14 22:13:20 a\n-rw-r--r-- 0:0 ").unwrap_err();
        assert_eq!((error.expected(), error.offset()), ("a line", Some(39)));
        let error = Listing::parse(b"-rw-r--r-- 0:0 1 2023-11-14 22:13:20 a\n").unwrap_err();
        assert_eq!((error.expected(), error.offset()), ("`OWNER/GROUP` in numbers", Some(11)));
    }
}
