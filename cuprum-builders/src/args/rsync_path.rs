//! Local paths that rsync cannot take for remote ones.

use std::ffi::OsString;
use std::path::Path;

use super::fault::{Fault, at, clean, find, first_fault, has, part, refuse};
use super::path::{LONGEST, anchored, body};
use super::text::checked_text;

/// A local source or destination of rsync: a [`SafePath`](super::SafePath) that may end with one `/`.
///
/// The slash at the end has a meaning for rsync: `dir/` is what is in the directory, `dir` is the
/// directory itself. A path that rsync would read as `host:path` is refused: one that begins neither
/// with `/` nor with `./` has no `:` before its first `/`.
///
/// ```
/// use cuprum::ArgValue;
/// use cuprum_builders::args::RsyncPath;
///
/// assert_eq!(RsyncPath::new("site/")?.to_os(), "./site/");
/// assert!(RsyncPath::new("host:site").is_err());
/// # Ok::<(), cuprum_builders::args::ArgError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RsyncPath {
    text: String,
}

checked_text!(RsyncPath, "a local rsync path", fault);

impl RsyncPath {
    /// Returns the path that stands for what is in the directory: with a `/` at its end.
    #[must_use]
    pub fn contents(self) -> Self {
        if self.text.ends_with('/') { self } else { Self { text: self.text + "/" } }
    }

    /// Returns the path that stands for the directory itself: without a `/` at its end.
    #[must_use]
    pub fn itself(self) -> Self {
        Self { text: self.text.trim_end_matches('/').to_owned() }
    }
}

/// An absolute path as it is, and any other with `./` before it.
impl cuprum::ArgValue for RsyncPath {
    fn to_os(&self) -> OsString {
        anchored(&self.text)
    }
}

impl AsRef<Path> for RsyncPath {
    fn as_ref(&self) -> &Path {
        self.text.as_ref()
    }
}

const fn fault(text: &[u8]) -> Option<Fault> {
    first_fault![clean(text, LONGEST), body(without_final_slash(text)), remote(text)]
}

/// The text without the one `/` at its end; `/` alone becomes empty, which is no path.
pub(super) const fn without_final_slash(text: &[u8]) -> &[u8] {
    match text.last() {
        Some(b'/') => part(text, 0, text.len() - 1),
        _ => text,
    }
}

const fn remote(text: &[u8]) -> Option<Fault> {
    let colon = find(text, 0, b':');
    let local = at(text, 0) == b'/' || has(text, 0, b"./");
    refuse(!local && colon < find(text, 0, b'/'), "rsync reads `host:path`; write `./` before it", colon)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_directory_stands_for_itself_or_for_its_contents() {
        let path = |text: &str| super::RsyncPath::new(text).unwrap();
        assert_eq!(path("a").contents(), path("a/"));
        assert_eq!(path("a/").contents(), path("a/"));
        assert_eq!(path("a/").itself(), path("a"));
    }
}
