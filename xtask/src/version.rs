//! Reads and compares the version numbers that programs print.

use std::fmt;

/// A version of up to three numbers; missing ones are zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version([u32; 3]);

impl Version {
    /// The version with these numbers.
    pub(crate) const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self([major, minor, patch])
    }

    /// Returns the first dotted number of a line, such as that of `git version 2.39.5 (Apple Git-154)`.
    pub(crate) fn first_in(line: &str) -> Option<Self> {
        line.split_whitespace().find_map(Self::of_word)
    }

    /// Reads `3.2.7`, `v3.2.7`, `2.48.0.rc1` and `1.34,`, but no number without a dot.
    fn of_word(word: &str) -> Option<Self> {
        let word = word.strip_prefix('v').unwrap_or(word);
        let mut numbers = word.split(|c: char| !c.is_ascii_digit()).map(str::parse);
        let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else { return None };
        let dotted = word.find(|c: char| !c.is_ascii_digit()).and_then(|at| word.get(at..)).unwrap_or("");
        let patch = numbers.next().and_then(Result::ok).unwrap_or(0);
        dotted.starts_with('.').then_some(Self([major, minor, patch]))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([major, minor, patch]) = self;
        write!(f, "{major}.{minor}")?;
        if *patch > 0 { write!(f, ".{patch}") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[track_caller]
    fn check(line: &str, expected: Option<[u32; 3]>) {
        assert_eq!(Version::first_in(line), expected.map(Version), "{line}");
    }

    #[test]
    fn the_first_dotted_number_is_the_version() {
        check("git version 2.47.3", Some([2, 47, 3]));
        check("git version 2.39.5 (Apple Git-154)", Some([2, 39, 5]));
        check("git version 2.48.0.rc1", Some([2, 48, 0]));
        check("tar (GNU tar) 1.34", Some([1, 34, 0]));
        check("bsdtar 3.6.2 - libarchive 3.6.2 zlib/1.2.13", Some([3, 6, 2]));
        check("rsync  version 3.2.7  protocol version 32", Some([3, 2, 7]));
        check("rsync  version v3.4.1-3-g1234  protocol version 32", Some([3, 4, 1]));
        check("openrsync: protocol version 29, rsync version 2.6.9 compatible", Some([2, 6, 9]));
        check("tar (busybox) 1.36.1", Some([1, 36, 1]));
    }

    #[test]
    fn a_line_without_one_has_none() {
        check("", None);
        check("openrsync: protocol version 29", None);
        check("usage: git 3-way", None);
    }

    #[test]
    fn versions_compare_by_number_and_not_by_letter() {
        assert!(Version::new(2, 9, 0) < Version::new(2, 35, 0));
        assert!(Version::new(3, 1, 0) < Version::new(3, 1, 3));
        assert_eq!(Version::new(2, 35, 0).to_string(), "2.35");
        assert_eq!(Version::new(3, 2, 7).to_string(), "3.2.7");
    }
}
