//! What is in an archive, as GNU `tar --list --verbose` prints it.
//!
//! A line is `MODE OWNER/GROUP SIZE DATE TIME NAME`, the columns filled up with spaces; a device has
//! `MAJOR,MINOR` for its size. After the name of a link come ` -> ` or ` link to ` and its target. From
//! the GNU tar manual, "Listing Archive Contents" and "Quoting Member Names".

use std::fmt;

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

use super::date::{days, fraction, time_of_day};
use crate::output::{Cursor, RawPath, number};

/// The members of an archive in their order.
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
    pub device: Option<Device>,
    /// When it was last modified.
    pub modified: Time,
    /// The name in the archive; that of a directory ends with `/`.
    pub name: RawPath,
    /// What a link leads to: any path for a symbolic one, a name of the archive for a hard one.
    pub target: Option<RawPath>,
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
pub struct Device {
    /// The driver.
    pub major: u32,
    /// The device of that driver.
    pub minor: u32,
}

/// A time in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time {
    /// Seconds since 1970.
    pub seconds: i64,
    /// Nanoseconds after that.
    pub nanoseconds: u32,
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
            entries.push(entry(cursor.until(b'\n', "a line")?)?);
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

fn entry(mut line: Cursor<'_>) -> Result<Entry, OutputError> {
    let (kind, mode) = column(&mut line)?.all("a type and permissions", kind_and_mode)?;
    let (uid, gid) = column(&mut line)?.all("`OWNER/GROUP` in numbers", |bytes| pair(bytes, b'/'))?;
    let size = column(&mut line)?;
    let device = matches!(kind, EntryKind::CharDevice | EntryKind::BlockDevice);
    let (size, device) = if device {
        let (major, minor) = size.all("`MAJOR,MINOR`", |bytes| pair(bytes, b','))?;
        (0, Some(Device { major, minor }))
    } else {
        (size.all("a size", number)?, None)
    };
    let modified = time(&mut line)?;
    skip_spaces(&mut line);
    let (name, target) = line.all("a name", |bytes| names(kind, bytes))?;
    Ok(Entry { kind, mode, uid, gid, size, device, modified, name, target })
}

fn column<'a>(line: &mut Cursor<'a>) -> Result<Cursor<'a>, OutputError> {
    skip_spaces(line);
    line.until(b' ', "a column and a space")
}

fn skip_spaces(line: &mut Cursor<'_>) {
    while line.skip(b" ") {}
}

fn pair<T: std::str::FromStr>(bytes: &[u8], separator: u8) -> Option<(T, T)> {
    let at = bytes.iter().position(|byte| *byte == separator)?;
    let (left, right) = bytes.split_at(at);
    Some((number(left)?, number(right.split_first()?.1)?))
}

/// Reads `drwxr-sr-t`, and one more letter that marks access lists and the like.
fn kind_and_mode(bytes: &[u8]) -> Option<(EntryKind, u32)> {
    let (kind, letters) = bytes.split_first()?;
    let kind = match kind {
        b'-' => EntryKind::File,
        b'd' => EntryKind::Directory,
        b'l' => EntryKind::Symlink,
        b'h' => EntryKind::HardLink,
        b'c' => EntryKind::CharDevice,
        b'b' => EntryKind::BlockDevice,
        b'p' => EntryKind::Fifo,
        b'C' => EntryKind::Contiguous,
        b'V' => EntryKind::VolumeHeader,
        b'M' => EntryKind::Continuation,
        _ => return None,
    };
    let letters = match letters {
        [letters @ .., b'+' | b'*' | b'.'] if letters.len() == 9 => letters,
        letters => letters,
    };
    let mut mode = 0;
    for (i, letter) in letters.iter().enumerate() {
        let (special, execute) = match letter {
            b's' | b't' => (1, 1),
            b'S' | b'T' => (1, 0),
            b'r' | b'w' | b'x' => (0, 1),
            b'-' => (0, 0),
            _ => return None,
        };
        mode |= execute << 8_usize.checked_sub(i)?;
        mode |= special << (11 - i / 3);
    }
    (letters.len() == 9).then_some((kind, mode))
}

/// Reads `2023-11-14 22:13:20.5`, or the seconds alone that tar prints when no date can hold them.
fn time(line: &mut Cursor<'_>) -> Result<Time, OutputError> {
    let date = column(line)?;
    let dashes = date.rest().iter().skip(1).any(|byte| *byte == b'-');
    if !dashes {
        return date.all("seconds since 1970", plain_seconds);
    }
    let midnight = date.all("a date", |bytes| days(bytes)?.checked_mul(86_400))?;
    let (seconds, nanoseconds) = column(line)?.all("a time of day", time_of_day)?;
    Ok(Time { seconds: midnight.saturating_add(seconds), nanoseconds })
}

fn plain_seconds(bytes: &[u8]) -> Option<Time> {
    let (sign, digits) = bytes.strip_prefix(b"-").map_or((1, bytes), |digits| (-1, digits));
    let mut parts = digits.splitn(2, |byte| *byte == b'.');
    let seconds: i64 = number(parts.next()?)?;
    let nanoseconds = parts.next().map_or(Some(0), fraction)?;
    Some(Time { seconds: sign * seconds, nanoseconds })
}

/// Splits a name from the target of a link, or from what tar says about a volume, and unescapes both.
fn names(kind: EntryKind, bytes: &[u8]) -> Option<(RawPath, Option<RawPath>)> {
    let separator: &[u8] = match kind {
        EntryKind::Symlink => b" -> ",
        EntryKind::HardLink => b" link to ",
        EntryKind::VolumeHeader => return Some((name(bytes.strip_suffix(b"--Volume Header--")?)?, None)),
        EntryKind::Continuation => b"--Continued at byte ",
        _ => return Some((name(bytes)?, None)),
    };
    let at = bytes.windows(separator.len()).position(|window| window == separator)?;
    let (left, right) = bytes.split_at(at);
    let target = name(right.strip_prefix(separator)?)?;
    Some((name(left)?, (kind != EntryKind::Continuation).then_some(target)))
}

/// Undoes the quoting style `escape`: `\n` and its like, `\ooo`, and a backslash before any other
/// character.
fn name(escaped: &[u8]) -> Option<RawPath> {
    let mut name = Vec::with_capacity(escaped.len());
    let mut rest = escaped;
    while let [first, tail @ ..] = rest {
        let (byte, tail) = match (first, tail) {
            (b'\\', [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', tail @ ..]) => {
                (((a - b'0') << 6) | ((b - b'0') << 3) | (c - b'0'), tail)
            }
            (b'\\', [letter, tail @ ..]) => (unescaped(*letter), tail),
            (b'\\', []) => return None,
            (byte, tail) => (*byte, tail),
        };
        name.push(byte);
        rest = tail;
    }
    (!name.is_empty()).then(|| RawPath::new(name))
}

fn unescaped(letter: u8) -> u8 {
    match letter {
        b'a' => 0x07,
        b'b' => 0x08,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 0x0b,
        b'f' => 0x0c,
        b'r' => b'\r',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(letters: &str, expected: Option<(EntryKind, u32)>) {
        assert_eq!(kind_and_mode(letters.as_bytes()), expected);
    }

    #[test]
    fn permissions_are_read_with_their_special_bits() {
        check("-rw-r--r--", Some((EntryKind::File, 0o644)));
        check("drwxrwxrwt", Some((EntryKind::Directory, 0o1777)));
        check("-rwsr-Sr-T", Some((EntryKind::File, 0o7744)));
        check("drwxr-xr-x+", Some((EntryKind::Directory, 0o755)));
        for letters in ["", "-", "-rw-r--r-", "-rw-r--r--x", "-rw-r--r--++", "?rw-r--r--", "-rq-r--r--"] {
            check(letters, None);
        }
    }

    #[test]
    fn escapes_are_undone() {
        let name = |escaped: &str| name(escaped.as_bytes()).map(|name| name.as_bytes().to_vec());
        assert_eq!(name(r"a\ b\\n\n\t\033\377\101z").unwrap(), b"a b\\n\n\t\x1b\xffAz");
        assert_eq!(name(r"\7\778\400").unwrap(), b"7778400");
        assert_eq!(name(r"a\"), None);
        assert_eq!(name(""), None);
    }

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
        assert_eq!((error.expected(), error.offset()), ("a line", 39));
        let error = Listing::parse(b"-rw-r--r-- 0:0 1 2023-11-14 22:13:20 a\n").unwrap_err();
        assert_eq!((error.expected(), error.offset()), ("`OWNER/GROUP` in numbers", 11));
    }
}
