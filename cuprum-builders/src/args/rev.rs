//! Single revisions, and objects that are found by a revision and a path.

use std::ffi::OsString;

use super::fault::{Fault, at, clean, find, first_fault, has, part, refuse, refuse_option, within};
use super::pathspec::fault as path_fault;
use super::revision::revision;
use super::text::checked_text;
use super::{CommitHash, GitRef, RevisionRange};

/// A single revision: one side of a [`RevisionRange`](super::RevisionRange).
///
/// ```
/// use cuprum_builders::args::Revision;
///
/// assert!(Revision::new("v1.0^{commit}").is_ok());
/// assert!(Revision::new("v1.0..main").is_err());
/// assert!(Revision::new("--all").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Revision {
    text: String,
}

checked_text!(Revision, "a revision", single);

/// The text, as it is.
impl cuprum::ArgValue for Revision {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

/// An object: a [`Revision`], `REVISION:path`, or `:N:path` for the stage `N` of the index.
///
/// The path is a [`Pathspec`](super::Pathspec), so it stays inside of the tree.
///
/// ```
/// use cuprum_builders::args::ObjectName;
///
/// assert!(ObjectName::new("HEAD~2:src/lib.rs").is_ok());
/// assert!(ObjectName::new(":0:Cargo.toml").is_ok());
/// assert!(ObjectName::new(":/a message").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectName {
    text: String,
}

checked_text!(ObjectName, "an object name", object);

/// The text, as it is.
impl cuprum::ArgValue for ObjectName {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

macro_rules! made_of {
    ($target:ident: $($source:ident),+) => {
        $(impl From<$source> for $target {
            fn from(value: $source) -> Self {
                Self::keep(value.as_str())
            }
        }

        impl cuprum::spec::IntoArg<$target> for $source {
            fn into_arg(self) -> $target {
                self.into()
            }
        })+
    };
}

made_of!(Revision: CommitHash, GitRef);
made_of!(ObjectName: CommitHash, GitRef, Revision);
made_of!(RevisionRange: CommitHash, GitRef, Revision);

const fn single(text: &[u8]) -> Option<Fault> {
    first_fault![
        clean(text, 1040),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        revision(text),
    ]
}

const fn object(text: &[u8]) -> Option<Fault> {
    let colon = find(text, 0, b':');
    let staged = has(text, 0, b":") && matches!(at(text, 1), b'0'..=b'3') && at(text, 2) == b':';
    let path = if staged { 3 } else { colon + 1 };
    first_fault![
        clean(text, 5200),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        refuse(colon == 0 && !staged, "no revision and no stage stands before `:`", 0),
        if colon > 0 { single(part(text, 0, colon)) } else { None },
        if colon < text.len() { within(path_fault(part(text, path, text.len())), path) } else { None },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_one_side_of_a_range() {
        for text in ["HEAD", "v1^{commit}", "main~3^2", &"a".repeat(40)] {
            assert_eq!(single(text.as_bytes()), None, "{text}");
        }
        for text in ["", "-x", "a..b", "a:b", "@", "@{u}", ":/x", "^a", "a b"] {
            assert!(single(text.as_bytes()).is_some(), "{text}");
        }
    }

    #[test]
    fn an_object_is_a_revision_and_a_path_in_it() {
        for text in ["HEAD", "HEAD:a b/c", "v1^{tree}:./x", ":0:x", ":3:a/b"] {
            assert_eq!(object(text.as_bytes()), None, "{text}");
        }
        for text in
            [":x", ":4:x", ":0:", "HEAD:", "HEAD:/etc", "HEAD:../x", "HEAD::x", "HEAD:-x", ":/x", "-p:x"]
        {
            assert!(object(text.as_bytes()).is_some(), "{text}");
        }
    }

    #[test]
    fn refs_and_ids_are_revisions() {
        let name = GitRef::new("main").unwrap();
        assert_eq!(Revision::from(name.clone()).as_str(), "main");
        assert_eq!(ObjectName::from(name.clone()).as_str(), "main");
        assert_eq!(RevisionRange::from(name).as_str(), "main");
    }
}
