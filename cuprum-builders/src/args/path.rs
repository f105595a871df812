//! Paths that stay where they point: no option, no home directory, no way up.

use std::ffi::OsString;
use std::path::Path;

use super::ArgErrorKind;
use super::fault::{Fault, at, clean, equal, find, first_fault, has, part, refuse, refuse_option};
use super::text::checked_text;

/// The longest path in bytes: `PATH_MAX` of Linux without the final NUL.
pub(super) const LONGEST: usize = 4095;

/// A path, absolute or relative, without `..`.
///
/// It may begin with one `/` or one `./`; then come components that are neither empty nor `.` nor
/// `..`, of at most 255 bytes each. `.` alone is allowed, `/` alone is not. It does not begin with `-`
/// or `~`, and is at most 4095 bytes of UTF-8 long.
///
/// A checked text is not a checked file: a component can be a symbolic link that leads elsewhere.
///
/// ```
/// use cuprum::ArgValue;
/// use cuprum_builders::args::SafePath;
///
/// assert_eq!(SafePath::new("site")?.to_os(), "./site");
/// assert!(SafePath::new("../site").is_err());
/// # Ok::<(), cuprum_builders::args::ArgError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SafePath {
    text: String,
}

checked_text!(SafePath, "a safe path", safe);

/// An absolute path as it is, and any other with `./` before it.
impl cuprum::ArgValue for SafePath {
    fn to_os(&self) -> OsString {
        anchored(&self.text)
    }
}

impl AsRef<Path> for SafePath {
    fn as_ref(&self) -> &Path {
        self.text.as_ref()
    }
}

/// A path below a directory that the program is given elsewhere: a [`SafePath`] that is relative.
///
/// It has no `./` at its beginning, is not `.`, and holds no backslash.
///
/// ```
/// use cuprum_builders::args::RelPath;
///
/// assert!(RelPath::new("src/main.rs").is_ok());
/// assert!(RelPath::new("/etc/passwd").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelPath {
    text: String,
}

checked_text!(RelPath, "a relative path", relative);

/// The path with `./` before it.
impl cuprum::ArgValue for RelPath {
    fn to_os(&self) -> OsString {
        anchored(&self.text)
    }
}

impl AsRef<Path> for RelPath {
    fn as_ref(&self) -> &Path {
        self.text.as_ref()
    }
}

/// Writes a path so that no program can read it as anything but a path.
pub(super) fn anchored(path: &str) -> OsString {
    let anchored = path == "." || path.starts_with('/') || path.starts_with("./");
    if anchored { path.into() } else { format!("./{path}").into() }
}

/// Finds what keeps a text from being a [`SafePath`].
pub(super) const fn safe(text: &[u8]) -> Option<Fault> {
    first_fault![clean(text, LONGEST), body(text)]
}

/// Finds what keeps a clean text from being a [`SafePath`].
pub(super) const fn body(text: &[u8]) -> Option<Fault> {
    first_fault![
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        refuse(at(text, 0) == b'~', "it begins with `~`, a home directory", 0),
        if equal(text, b".") {
            None
        } else if has(text, 0, b"./") {
            components(text, 2)
        } else if at(text, 0) == b'/' {
            components(text, 1)
        } else {
            components(text, 0)
        },
    ]
}

/// Finds what keeps a text from being a [`RelPath`].
const fn relative(text: &[u8]) -> Option<Fault> {
    first_fault![
        clean(text, LONGEST),
        refuse(at(text, 0) == b'/', "it is absolute", 0),
        refuse(has(text, 0, b"./") || equal(text, b"."), "it begins with a `.` component", 0),
        backslash(text),
        body(text),
    ]
}

pub(super) const fn backslash(text: &[u8]) -> Option<Fault> {
    let found = find(text, 0, b'\\');
    refuse(found < text.len(), "a backslash", found)
}

/// Checks the components from the byte `from` on; there must be one.
pub(super) const fn components(text: &[u8], from: usize) -> Option<Fault> {
    let mut start = from;
    loop {
        let end = find(text, start, b'/');
        if let Some(fault) = component(part(text, start, end), start) {
            return Some(fault);
        }
        if end == text.len() {
            return None;
        }
        start = end + 1;
    }
}

const fn component(text: &[u8], start: usize) -> Option<Fault> {
    if text.len() > 255 {
        return Some(Fault::new(ArgErrorKind::TooLong, "a component is too long", start + 255));
    }
    first_fault![
        refuse(text.is_empty(), "a component is empty", start),
        refuse(equal(text, b"."), "a component is `.`", start),
        refuse(equal(text, b".."), "a component is `..`", start),
    ]
}

#[cfg(test)]
mod tests {
    use cuprum::ArgValue as _;

    use super::*;

    #[test]
    fn a_relative_path_is_written_with_a_dot_before_it() {
        for (path, word) in [("a", "./a"), ("./a", "./a"), ("/a", "/a"), (".", "."), (".a", "./.a")] {
            assert_eq!(SafePath::new(path).unwrap().to_os(), word);
        }
        assert_eq!(RelPath::new("a:b").unwrap().to_os(), "./a:b");
    }
}
