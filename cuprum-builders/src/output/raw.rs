//! Paths and texts as a tool printed them: bytes that are mostly UTF-8.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::{self, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

/// A path as a tool printed it.
///
/// It is shown with control and invisible characters escaped, and bytes that are not UTF-8 as `\xff`;
/// what is shown is for people, and need not be the path.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RawPath(Vec<u8>);

/// A text as a tool printed it: the name of a person or a ref, a message, a line.
///
/// It is shown with control and invisible characters escaped, all but line ends and tabs, and bytes
/// that are not UTF-8 as `\xff`.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RawText(Vec<u8>);

impl RawPath {
    /// Takes the bytes of a path.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the path, byte for byte.
    pub fn as_path(&self) -> &Path {
        Path::new(OsStr::from_bytes(&self.0))
    }
}

impl RawText {
    /// Takes the bytes of a text.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the text; what is not UTF-8 becomes U+FFFD, and nothing is escaped.
    pub fn to_str_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }

    /// Returns whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl AsRef<Path> for RawPath {
    fn as_ref(&self) -> &Path {
        self.as_path()
    }
}

impl AsRef<OsStr> for RawPath {
    fn as_ref(&self) -> &OsStr {
        OsStr::from_bytes(&self.0)
    }
}

impl AsRef<OsStr> for RawText {
    fn as_ref(&self) -> &OsStr {
        OsStr::from_bytes(&self.0)
    }
}

impl fmt::Display for RawPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(&self.0, "", f)
    }
}

impl fmt::Display for RawText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(&self.0, "\n\t", f)
    }
}

impl fmt::Debug for RawPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

impl fmt::Debug for RawText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

/// Writes the bytes as text, escaping what does not print but is not among `kept`.
fn show(bytes: &[u8], kept: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\\' | '"' | '\'' => f.write_char(c)?,
                _ if kept.contains(c) => f.write_char(c)?,
                _ => write!(f, "{}", c.escape_debug())?,
            }
        }
        for byte in chunk.invalid() {
            write!(f, "\\x{byte:02x}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_drive_a_terminal_is_shown_escaped() {
        let path = RawPath::new(b"a\nb\x1b[31m\xff \\\"\xc2\x9b\xe2\x80\xae\xc3\xa9".as_slice());
        assert_eq!(path.to_string(), "a\\nb\\u{1b}[31m\\xff \\\"\\u{9b}\\u{202e}\u{e9}");
        assert_eq!(format!("{path:?}"), r#""a\nb\x1b[31m\xff \\\"\xc2\x9b\xe2\x80\xae\xc3\xa9""#);
    }

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(RawText::new("a\n\tb\r\u{7}").to_string(), "a\n\tb\\r\\u{7}");
    }

    #[test]
    fn a_path_keeps_its_bytes() {
        assert_eq!(RawPath::new(b"\xff".as_slice()).as_path().as_os_str().as_bytes(), b"\xff");
    }
}
