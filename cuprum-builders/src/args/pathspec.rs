//! Paths inside a repository, without the magic of git.

use std::ffi::OsString;

use super::fault::{Fault, at, clean, first_fault, has, refuse};
use super::path::{LONGEST, backslash, body};
use super::rsync_path::without_final_slash;
use super::text::checked_text;

/// A path inside a repository, read by git as it stands: no wildcard, no magic.
///
/// It is a [`RelPath`](super::RelPath) that may begin with `./`, may end with one `/`, and may be `.`.
/// Its first byte, also after `./`, is not `:`. A command that is given one sets
/// `GIT_LITERAL_PATHSPECS=1`, which makes `*`, `?` and `[` ordinary characters.
///
/// ```
/// use cuprum_builders::args::Pathspec;
///
/// assert!(Pathspec::new("src/").is_ok());
/// assert!(Pathspec::new(":(glob)**").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pathspec {
    text: String,
}

checked_text!(Pathspec, "a pathspec", fault);

/// The path, as it is.
impl cuprum::ArgValue for Pathspec {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

/// Finds what keeps a text from being a [`Pathspec`].
pub(super) const fn fault(text: &[u8]) -> Option<Fault> {
    let start = if has(text, 0, b"./") { 2 } else { 0 };
    first_fault![
        clean(text, LONGEST),
        refuse(at(text, 0) == b'/', "it is absolute", 0),
        refuse(at(text, start) == b':', "it begins with `:`, which asks for magic", start),
        backslash(text),
        body(without_final_slash(text)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_directories_are_taken() {
        for path in ["a", "a/", "a/b", ".", "./", "./a", "./-x", "a:b", "*.c", "[x]", "\u{e9}"] {
            assert_eq!(fault(path.as_bytes()), None, "{path}");
        }
    }

    #[test]
    fn magic_and_ways_out_are_refused() {
        for path in [":", ":!a", ":/", ":(glob)a", "./:a", "/a", "/", "//", "-x", "~", "..", "a/..", "a//"] {
            assert!(fault(path.as_bytes()).is_some(), "{path}");
        }
        for path in ["", "a\\b", "././a", "a/./b", "./../a", "a\n", &"a".repeat(256)] {
            assert!(fault(path.as_bytes()).is_some(), "{path}");
        }
    }
}
