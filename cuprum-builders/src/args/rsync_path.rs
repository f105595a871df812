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

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, usize)>) {
        assert_eq!(fault(text.as_bytes()).map(|fault| (fault.rule, fault.offset)), expected);
    }

    #[test]
    fn one_slash_at_the_end_is_taken() {
        for path in ["a", "a/", ".", "./", "/a/", "./-x/", "a/b:c", "./a:b", "/a:b", "./rsync:/x"] {
            check(path, None);
        }
        check("/", Some(("a component is empty", 0)));
        check("//", Some(("a component is empty", 1)));
        check("a//", Some(("a component is empty", 2)));
        check("../", Some(("a component is `..`", 0)));
        check("a/./", Some(("a component is `.`", 2)));
    }

    #[test]
    fn what_rsync_would_read_as_remote_is_refused() {
        for path in ["a:b", "host:/p", "host::mod", "a:", ":a", "RSYNC:x"] {
            assert_eq!(fault(path.as_bytes()).map(|fault| fault.offset), path.find(':'), "{path}");
        }
    }
}
