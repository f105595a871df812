//! What to fetch or push, and where to.

use std::ffi::OsString;

use super::fault::{
    Fault, at, clean, find, first_fault, has, looks_like_hash, part, refuse, refuse_option, within,
};
use super::git_ref::name;
use super::text::checked_text;
use super::{GitRef, commit_hash};

/// What to fetch or push: `source`, or `source:destination`.
///
/// The source is a [`GitRef`], a [`CommitHash`](super::CommitHash), or a pattern that begins with
/// `refs/`; the destination begins with `refs/`, so that git does not guess. A pattern has one `*`, on
/// both sides. To overwrite and to delete are asked for by name.
///
/// ```
/// use cuprum_builders::args::{GitRef, RefSpec};
///
/// let spec = RefSpec::new("main:refs/heads/release")?;
/// assert_eq!(spec.forced().to_string(), "+main:refs/heads/release");
/// assert!(RefSpec::new("+main").is_err());
/// # Ok::<(), cuprum_builders::args::ArgError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RefSpec {
    text: String,
}

checked_text!(RefSpec, "a refspec", fault);

impl RefSpec {
    /// Lets the destination be overwritten, also when commits are lost by that: puts a `+` before it.
    ///
    /// The text that results is not accepted by [`RefSpec::new`].
    #[must_use]
    pub fn forced(self) -> Self {
        let forced = self.text.starts_with(['+', ':']);
        if forced { self } else { Self { text: format!("+{}", self.text) } }
    }

    /// Deletes a ref on the other side: `:name`.
    ///
    /// The text that results is not accepted by [`RefSpec::new`].
    pub fn delete(name: &GitRef) -> Self {
        Self { text: format!(":{name}") }
    }
}

/// The text, as it is.
impl cuprum::ArgValue for RefSpec {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

const fn fault(text: &[u8]) -> Option<Fault> {
    let colon = find(text, 0, b':');
    let source = part(text, 0, colon);
    let target = part(text, colon + 1, text.len());
    let pattern = find(source, 0, b'*') < source.len();
    first_fault![
        clean(text, 2050),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        refuse(at(text, 0) == b'+', "`+` forces an update; use `forced`", 0),
        refuse(colon == 0, "an empty source deletes; use `delete`", 0),
        refuse(pattern && !has(source, 0, b"refs/"), "a pattern does not begin with `refs/`", 0),
        source_fault(source),
        if colon < text.len() {
            target_fault(target, colon + 1, pattern)
        } else {
            refuse(pattern, "a pattern has no destination", colon)
        },
    ]
}

const fn source_fault(text: &[u8]) -> Option<Fault> {
    if looks_like_hash(text) { commit_hash::fault(text) } else { name(text, 1) }
}

const fn target_fault(text: &[u8], start: usize, pattern: bool) -> Option<Fault> {
    let starred = find(text, 0, b'*') < text.len();
    first_fault![
        refuse(text.is_empty(), "the destination is empty", start),
        refuse(!has(text, 0, b"refs/"), "the destination does not begin with `refs/`", start),
        refuse(starred != pattern, "only one side is a pattern", start),
        within(name(text, 1), start),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, usize)>) {
        assert_eq!(fault(text.as_bytes()).map(|fault| (fault.rule, fault.offset)), expected);
    }

    #[test]
    fn force_and_delete_are_asked_for_by_name() {
        check("+main", Some(("`+` forces an update; use `forced`", 0)));
        check(":refs/heads/x", Some(("an empty source deletes; use `delete`", 0)));
        check(":", Some(("an empty source deletes; use `delete`", 0)));
        let spec = RefSpec::new("main").unwrap().forced();
        assert_eq!((spec.as_str(), spec.clone().forced().as_str()), ("+main", "+main"));
        let delete = RefSpec::delete(&GitRef::new("x").unwrap());
        assert_eq!((delete.as_str(), delete.clone().forced().as_str()), (":x", ":x"));
    }
}
