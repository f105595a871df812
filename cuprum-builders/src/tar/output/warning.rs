//! What tar warns of, apart from what makes it fail.

use std::fmt;

use super::unescape;
use crate::output::{RawPath, RawText};

/// A warning of tar: what it is about, and the line that says so.
///
/// ```
/// use cuprum_builders::tar::{Warning, WarningKind};
///
/// let warning = Warning::parse(b"tar: a\\nb: file changed as we read it").unwrap();
/// assert_eq!(warning.kind(), WarningKind::FileChanged);
/// assert_eq!(warning.path().unwrap().as_bytes(), b"a\nb");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    kind: WarningKind,
    path: Option<RawPath>,
    line: RawText,
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WarningKind {
    /// The beginning of names, `/` or one with `..`, was left out; it is the path.
    PrefixRemoved,
    /// A file changed while it was read.
    FileChanged,
    /// A file went away while it was read.
    FileRemoved,
    /// A file got shorter while it was read, and is filled up with zeros.
    FileShrank,
    /// A file cannot be read, and is left out as it was asked for.
    Unreadable,
    /// A file of no kind that can be stored, a socket for example, is left out.
    FileIgnored,
    /// A file has not changed, or is on another file system, and is left out.
    NotDumped,
    /// The archive itself is among the files, and is left out.
    IgnoredArchive,
    /// A file is there already, and is kept.
    Existing,
    /// A file has names that are not in the archive.
    MissingLinks,
    /// A time is in the future, or long ago.
    Timestamp,
    /// The archive holds something that this tar does not know.
    Unknown,
    /// None of these.
    Other,
}

impl Warning {
    /// Reads a line of standard error; `None` if it does not come from tar itself, or only says that
    /// tar stops.
    pub fn parse(line: &[u8]) -> Option<Self> {
        let line = labelled(line);
        let text = line.strip_prefix(b"tar: ")?;
        let closing: [&[u8]; 3] =
            [b"Exiting with failure status", b"Error exit delayed", b"Error is not recoverable"];
        if closing.iter().any(|start| text.starts_with(start)) {
            return None;
        }
        if let Some(rest) = text.strip_prefix(b"Removing leading `") {
            let end = find(rest, b"' from ").unwrap_or(rest.len());
            let path = unescape(rest.split_at(end).0).map(RawPath::new);
            return Some(Self { kind: WarningKind::PrefixRemoved, path, line: RawText::new(line) });
        }
        let found = TABLE.iter().find_map(|(kind, words)| Some((*kind, find(text, words)?)));
        let (kind, path) = match found {
            Some((kind, 0)) => (kind, None),
            Some((kind, at)) => (kind, unescape(text.split_at(at).0).map(RawPath::new)),
            None => (WarningKind::Other, None),
        };
        Some(Self { kind, path, line: RawText::new(line) })
    }

    /// Returns what it is about.
    pub fn kind(&self) -> WarningKind {
        self.kind
    }

    /// Returns the file that it is about, if it names one.
    pub fn path(&self) -> Option<&RawPath> {
        self.path.as_ref()
    }

    /// Returns the line.
    pub fn line(&self) -> &RawText {
        &self.line
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}

/// Returns a message without the directory of the program before its `tar: `.
///
/// Tar names itself as it was started, which is by a whole path.
pub(in crate::tar) fn labelled(line: &[u8]) -> &[u8] {
    let label = find(line, b": ").filter(|_| line.starts_with(b"/")).map(|end| line.split_at(end).0);
    let directory = label
        .map(|label| label.strip_suffix(b" (child)").unwrap_or(label))
        .and_then(|label| label.strip_suffix(b"/tar"));
    match directory {
        Some(directory) => line.split_at(directory.len() + 1).1,
        None => line,
    }
}

fn find(text: &[u8], words: &[u8]) -> Option<usize> {
    text.windows(words.len()).position(|window| window == words)
}

/// What follows the name in each warning.
const TABLE: &[(WarningKind, &[u8])] = {
    use WarningKind::*;
    &[
        (FileChanged, b": file changed as we read it"),
        (FileRemoved, b": File removed before we read it"),
        (FileShrank, b": File shrank by "),
        (Unreadable, b": Warning: Cannot "),
        (FileIgnored, b": socket ignored"),
        (FileIgnored, b": door ignored"),
        (FileIgnored, b": Unknown file type; file ignored"),
        (NotDumped, b": file is unchanged; not dumped"),
        (NotDumped, b": file is on a different filesystem; not dumped"),
        (NotDumped, b": contains a cache directory tag "),
        (NotDumped, b": Directory is new"),
        (NotDumped, b": directory is on a different filesystem"),
        (IgnoredArchive, b": file is the archive; not dumped"),
        (IgnoredArchive, b": archive cannot contain itself; not dumped"),
        (Existing, b": skipping existing file"),
        (MissingLinks, b"Missing links to "),
        (Timestamp, b": implausibly old time stamp "),
        (Timestamp, b": time stamp "),
        (Unknown, b"Ignoring unknown extended header keyword "),
        (Unknown, b": Unknown file type "),
        (Unknown, b"A lone zero block at "),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, kind: WarningKind, path: Option<&str>) {
        let warning = Warning::parse(line.as_bytes()).unwrap();
        assert_eq!(warning.kind(), kind);
        assert_eq!(warning.path().map(RawPath::to_string).as_deref(), path);
    }

    #[test]
    fn a_warning_names_what_it_is_about() {
        check("tar: Removing leading `/' from member names", WarningKind::PrefixRemoved, Some("/"));
        check("tar: Removing leading `../' from hard link targets", WarningKind::PrefixRemoved, Some("../"));
        check("/opt/b n/tar: s: socket ignored", WarningKind::FileIgnored, Some("s"));
        check("tar: s: socket ignored", WarningKind::FileIgnored, Some("s"));
        check("tar: a: time stamp 2040-01-01 is 9 s in the future", WarningKind::Timestamp, Some("a"));
        check("tar: Missing links to 'x'.", WarningKind::MissingLinks, None);
        check("tar: what nobody knows", WarningKind::Other, None);
        assert_eq!(Warning::parse(b"gzip: stdin: decompression OK"), None);
        assert_eq!(Warning::parse(b"tar: Exiting with failure status due to previous errors"), None);
    }
}
