//! Commits, and ranges of commits.

use std::ffi::OsString;

use super::fault::{
    Fault, at, clean, find, first_fault, has, looks_like_hash, part, refuse, refuse_option, within,
};
use super::text::checked_text;
use super::{commit_hash, git_ref};

/// A revision or a range: `R`, `R..R` or `R...R`.
///
/// `R` is a [`GitRef`](super::GitRef) or a [`CommitHash`](super::CommitHash), followed by any number of
/// steps: `~` with up to four digits, `^` with up to two, `^{}`, `^{commit}`, `^{tree}`, `^{tag}`,
/// `^{blob}`. Both sides of a range are written out. Everything else of gitrevisions(7) is refused:
/// exclusions (`^R`), `@` and `@{…}`, searches (`:/…`, `^{/…}`), paths (`rev:path`), `^@`, `^!`, `^-`.
///
/// ```
/// use cuprum_builders::args::RevisionRange;
///
/// assert_eq!(RevisionRange::new("v1.0..HEAD~2")?.as_str(), "v1.0..HEAD~2");
/// assert!(RevisionRange::new("HEAD:secret.txt").is_err());
/// # Ok::<(), cuprum_builders::args::ArgError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RevisionRange {
    text: String,
}

checked_text!(RevisionRange, "a revision range", fault);

/// The text, as it is.
impl cuprum::ArgValue for RevisionRange {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

const fn fault(text: &[u8]) -> Option<Fault> {
    let left = dots(text);
    let right = left + if has(text, left, b"...") { 3 } else { 2 };
    first_fault![
        clean(text, 2100),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        refuse(left == 0, "the left side of the range is empty", 0),
        refuse(left < text.len() && right == text.len(), "the right side of the range is empty", right),
        revision(part(text, 0, left)),
        if left < text.len() { within(revision(part(text, right, text.len())), right) } else { None },
    ]
}

/// Returns where `..` first stands, or the length of the text.
const fn dots(text: &[u8]) -> usize {
    let mut i = find(text, 0, b'.');
    while i < text.len() && !has(text, i, b"..") {
        i = find(text, i + 1, b'.');
    }
    i
}

/// Finds what keeps a text from being one side of a range.
pub(super) const fn revision(text: &[u8]) -> Option<Fault> {
    let mut end = 0;
    while end < text.len() && at(text, end) != b'~' && at(text, end) != b'^' {
        end += 1;
    }
    let base = part(text, 0, end);
    first_fault![
        refuse(end == 0 && !text.is_empty(), "`~` or `^` follows no name", 0),
        if looks_like_hash(base) { commit_hash::fault(base) } else { git_ref::fault(base) },
        steps(text, end),
    ]
}

/// Checks the steps `~N`, `^N` and `^{type}` from the byte `from` on.
const fn steps(text: &[u8], from: usize) -> Option<Fault> {
    let mut i = from;
    while i < text.len() {
        let digits = digits(text, i + 1);
        let (length, most) = match at(text, i) {
            b'~' => (1 + digits, 4),
            b'^' if at(text, i + 1) == b'{' => (peeled(text, i), 0),
            b'^' => (1 + digits, 2),
            _ => (0, 0),
        };
        if length == 0 {
            return refuse(true, "not one of the steps `~N`, `^N`, `^{type}`", i);
        }
        if digits > most {
            return refuse(true, "a step has too many digits", i);
        }
        i += length;
    }
    None
}

/// Returns the length of `^{…}` at `i`, or 0 if it asks for anything but a type of object.
const fn peeled(text: &[u8], i: usize) -> usize {
    let end = find(text, i, b'}') + 1;
    match part(text, i, end) {
        b"^{}" | b"^{commit}" | b"^{tree}" | b"^{tag}" | b"^{blob}" => end - i,
        _ => 0,
    }
}

const fn digits(text: &[u8], from: usize) -> usize {
    let mut i = from;
    while at(text, i).is_ascii_digit() {
        i += 1;
    }
    i - from
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, usize)>) {
        assert_eq!(fault(text.as_bytes()).map(|fault| (fault.rule, fault.offset)), expected);
    }

    #[test]
    fn names_steps_and_ranges_are_taken() {
        for text in ["HEAD", "v1.0", "HEAD^", "HEAD~", "HEAD~3^2~1", "HEAD^{}", "v1^{commit}^{tree}"] {
            check(text, None);
        }
        for text in ["a..b", "a...b", "HEAD~9999..HEAD^99", "v1.0..v1.1", "a^{tag}...b~1", "a.b..c.d"] {
            check(text, None);
        }
        check(&format!("{}~1..{}", "a".repeat(40), "b".repeat(64)), None);
    }

    #[test]
    fn sides_of_a_range_are_written_out() {
        check("..", Some(("the left side of the range is empty", 0)));
        check("..a", Some(("the left side of the range is empty", 0)));
        check("a..", Some(("the right side of the range is empty", 3)));
        check("a...", Some(("the right side of the range is empty", 4)));
        check("a....b", Some(("a component begins with `.`", 4)));
        check("a..b..c", Some(("`..` separates two refs", 4)));
        check("a..-b", Some(("a component begins with `-`", 3)));
    }

    #[test]
    fn the_rest_of_the_syntax_is_refused() {
        check("^a", Some(("`~` or `^` follows no name", 0)));
        check("a..^b", Some(("`~` or `^` follows no name", 3)));
        check("--all", Some(("it begins with `-`", 0)));
        for text in ["@", "@{u}", "a@{1}", "@~1", ":/x", ":0:f", "a:f", "a^@", "a^!", "a^-", "a^-1", "a^{/x}"]
        {
            assert!(fault(text.as_bytes()).is_some(), "{text}");
        }
        for text in ["a^{", "a^{commit", "a^{Commit}", "a~b", "a~1b", "a^ ", "a b", "", "a*", "refs/heads/*"]
        {
            assert!(fault(text.as_bytes()).is_some(), "{text}");
        }
        check("a~10000", Some(("a step has too many digits", 1)));
        check("a^100", Some(("a step has too many digits", 1)));
        check(&format!("a..{}", "0".repeat(40)), Some(("the null id, which stands for no object", 3)));
    }
}
