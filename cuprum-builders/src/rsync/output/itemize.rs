//! One changed file, as rsync itemizes it.
//!
//! The format is `|%i %l %b %n//%L`: eleven letters, the length, the bytes that went over the wire, the
//! name, and for a link its target. No name holds `//`, and no other line begins with `|`. Rsync writes
//! control bytes, and most bytes that are not ASCII, as `\#ooo`, so a line is one file. From rsync(1),
//! `--itemize-changes` and `--8-bit-output`, and rsyncd.conf(5), "log format".

use std::fmt;

use cuprum::spec::OutputError;

use crate::output::{Cursor, RawPath, number};

/// The option that makes rsync print a line for each change.
pub(super) const FORMAT: &str = "--out-format=|%i %l %b %n//%L";

/// What every line of that format begins with.
pub(super) const MARK: &[u8] = b"|";

/// A file that was changed on the receiving side, shown as `rsync --itemize-changes` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What was done.
    pub update: Update,
    /// What it is; `None` for what was deleted.
    pub kind: Option<FileKind>,
    /// The nine letters of attributes; use [`is_new`](Self::is_new) and [`changed`](Self::changed).
    attributes: [u8; 9],
    /// The length of the file in bytes; 0 for what was deleted.
    pub length: u64,
    /// How many bytes of it went over the wire.
    pub transferred: u64,
    /// The name below the destination; that of a directory ends with `/`.
    pub path: RawPath,
    /// What a link leads to.
    pub link: Option<Link>,
}

/// What was done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Update {
    /// It was sent to the other host.
    Sent,
    /// It was received by this host, or copied on it.
    Received,
    /// It was made or changed without a transfer: a directory, a link.
    Local,
    /// It became another name of a file.
    HardLink,
    /// Its content stayed; attributes may have changed.
    Kept,
    /// It was deleted.
    Deleted,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link.
    Symlink,
    /// A device.
    Device,
    /// A named pipe or socket.
    Special,
}

/// A property of a file that a transfer can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Attribute {
    /// The content, or what a link or device stands for.
    Content,
    /// The size.
    Size,
    /// The time of the last change.
    Modified,
    /// The permissions.
    Permissions,
    /// The owner.
    Owner,
    /// The group.
    Group,
    /// The time of the last use, or of creation.
    OtherTime,
    /// The access list.
    Acl,
    /// The extended attributes.
    Xattr,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// The text of a symbolic link.
    Symbolic(RawPath),
    /// The file of which this is another name.
    Hard(RawPath),
}

impl Change {
    /// Returns whether the file was not there before.
    pub fn is_new(&self) -> bool {
        self.attributes == [b'+'; 9]
    }

    /// Returns whether the attribute was changed; all of them are new in a new file.
    pub fn changed(&self, attribute: Attribute) -> bool {
        let letter = self.attributes.get(attribute as usize);
        letter.is_some_and(|letter| !matches!(letter, b'.' | b' ' | b'?'))
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let update = match self.update {
            Update::Sent => '<',
            Update::Received => '>',
            Update::Local => 'c',
            Update::HardLink => 'h',
            Update::Kept => '.',
            Update::Deleted => return write!(f, "*deleting   {}", self.path),
        };
        let kind = match self.kind {
            Some(FileKind::File) | None => 'f',
            Some(FileKind::Directory) => 'd',
            Some(FileKind::Symlink) => 'L',
            Some(FileKind::Device) => 'D',
            Some(FileKind::Special) => 'S',
        };
        write!(f, "{update}{kind}{} {}", self.attributes.escape_ascii(), self.path)?;
        match &self.link {
            Some(Link::Symbolic(target)) => write!(f, " -> {target}"),
            Some(Link::Hard(target)) => write!(f, " => {target}"),
            None => Ok(()),
        }
    }
}

/// Reads a line in the format of this module.
pub(super) fn change(mut line: Cursor<'_>) -> Result<Change, OutputError> {
    line.skip(MARK);
    let (update, kind, attributes) = line.take(11).all("the eleven letters of a change", letters)?;
    if !line.skip(b" ") {
        return Err(line.error("a space after the letters of a change"));
    }
    let length = line.until(b' ', "a length")?.all("a length", number)?;
    let transferred = line.until(b' ', "a number of bytes")?.all("a number of bytes", number)?;
    let (path, link) = line.all("a name, `//` and a link or nothing", names)?;
    Ok(Change { update, kind, attributes, length, transferred, path, link })
}

fn letters(bytes: &[u8]) -> Option<(Update, Option<FileKind>, [u8; 9])> {
    if bytes == b"*deleting  " {
        return Some((Update::Deleted, None, [b'.'; 9]));
    }
    let (update, rest) = bytes.split_first()?;
    let (kind, attributes) = rest.split_first()?;
    let update = match update {
        b'<' => Update::Sent,
        b'>' => Update::Received,
        b'c' => Update::Local,
        b'h' => Update::HardLink,
        b'.' => Update::Kept,
        _ => return None,
    };
    let kind = match kind {
        b'f' => FileKind::File,
        b'd' => FileKind::Directory,
        b'L' => FileKind::Symlink,
        b'D' => FileKind::Device,
        b'S' => FileKind::Special,
        _ => return None,
    };
    let known = |letter: &u8| letter.is_ascii_alphabetic() || matches!(letter, b'.' | b'+' | b' ' | b'?');
    let attributes: [u8; 9] = attributes.try_into().ok()?;
    attributes.iter().all(known).then_some((update, Some(kind), attributes))
}

/// Splits `name//link`. The name of a directory ends with a slash, so that there are three.
fn names(bytes: &[u8]) -> Option<(RawPath, Option<Link>)> {
    let at = bytes.windows(2).position(|window| window == b"//")?;
    let (mut name, mut link) = bytes.split_at(at);
    if link.starts_with(b"///") {
        (name, link) = bytes.split_at(at + 1);
    }
    let link = match link.strip_prefix(b"//")? {
        b"" => None,
        [b' ', b'-', b'>', b' ', target @ ..] => Some(Link::Symbolic(path(target))),
        [b' ', b'=', b'>', b' ', target @ ..] => Some(Link::Hard(path(target))),
        _ => return None,
    };
    (!name.is_empty()).then(|| (path(name), link))
}

fn path(escaped: &[u8]) -> RawPath {
    RawPath::new(unescape(escaped))
}

/// Undoes `\#ooo`: a byte as three octal digits.
pub(in crate::rsync) fn unescape(escaped: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(escaped.len());
    let mut rest = escaped;
    while let [first, tail @ ..] = rest {
        let (byte, tail) = match rest {
            [b'\\', b'#', a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', tail @ ..] => {
                (((a - b'0') << 6) | ((b - b'0') << 3) | (c - b'0'), tail)
            }
            _ => (*first, tail),
        };
        bytes.push(byte);
        rest = tail;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Change> {
        change(Cursor::new(line.as_bytes())).ok()
    }

    #[test]
    fn a_name_ends_where_two_slashes_follow() {
        let path = |line| read(line).map(|change| change.path.to_string());
        assert_eq!(path("|>f+++++++++ 1 2 a//").unwrap(), "a");
        assert_eq!(path("|cd+++++++++ 1 2 a///").unwrap(), "a/");
        assert_eq!(path("|cd+++++++++ 1 2 ///").unwrap(), "/");
        assert_eq!(path("|*deleting   0 0 a | b//").unwrap(), "a | b");
        for line in
            ["|>f+++++++++ 1 2 //", "|>f+++++++++ 1 2 a", "|>f+++++++++ 1 2 a//b", "|>f++++++++ 1 2 a//"]
        {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn a_link_may_lead_to_any_text() {
        let change = read("|cL+++++++++ 5 0 a -> b// -> // => ///").unwrap();
        assert_eq!(change.path.as_bytes(), b"a -> b");
        assert_eq!(change.link, Some(Link::Symbolic(RawPath::new("// => ///"))));
        assert_eq!(change.to_string(), "cL+++++++++ a -> b -> // => ///");
        assert_eq!(read("|hf+++++++++ 5 0 a// => b").unwrap().link, Some(Link::Hard(RawPath::new("b"))));
    }

    #[test]
    fn attributes_are_read_by_their_places() {
        let change = read("|.f..tp..... 5 0 a//").unwrap();
        assert!(change.changed(Attribute::Modified) && change.changed(Attribute::Permissions));
        assert!(!change.changed(Attribute::Content) && !change.is_new());
        let touched = read("|.d..T...n.. 5 0 a///").unwrap();
        assert!(touched.changed(Attribute::Modified) && touched.changed(Attribute::OtherTime));
        assert!(read("|>f+++++++++ 1 2 a//").unwrap().changed(Attribute::Xattr));
        assert!(!read("|.f          1 2 a//").unwrap().changed(Attribute::Size));
    }

    #[test]
    fn escaped_bytes_are_undone_once() {
        assert_eq!(unescape(br"a\#012b\#377\#134#012\#400\#1"), b"a\nb\xff\\#012\\#400\\#1");
    }
}
