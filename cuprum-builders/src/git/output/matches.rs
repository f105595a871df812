//! What matches: lines of files, rules that ignore, attributes.

use cuprum::spec::OutputError;

use super::listed;
use super::read::{field, line, optional_text, path};
use crate::output::{Cursor, RawPath, RawText, number};

/// A line that matches (git-grep(1)).
///
/// Of a binary file git says in a line of text that it matches. A name of several lines of which one looks like
/// that cannot be told from it; where names come from strangers, take binary files as
/// [`text`](crate::git::GitGrep::text), or leave them [out](crate::git::GitGrep::no_binary).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The commit or tree, if one was named, and the path: `HEAD:src/lib.rs`.
    pub path: RawPath,
    /// The number of the line, counted from 1; `None` for a binary file, of which git shows no line.
    pub line: Option<u64>,
    /// Where in the line it begins, in bytes counted from 1.
    pub column: Option<u64>,
    /// The line without its end, or the part that matches.
    pub text: RawText,
}

listed!(Match, one_match);

impl Match {
    /// The options that make `git grep` print what [`Match::parse_list`] reads.
    pub const FORMAT: [&'static str; 8] = [
        "--null",
        "--line-number",
        "--column",
        "--full-name",
        "--no-color",
        "--no-heading",
        "--no-textconv",
        "--no-ext-grep",
    ];
}

/// Reads `path NUL line NUL column NUL text LF`, or `Binary file PATH matches LF`.
fn one_match(cursor: &mut Cursor<'_>) -> Result<Match, OutputError> {
    let mut ahead = cursor.clone();
    if ahead.skip(b"Binary file ")
        && let Ok(entry) = line(&mut ahead)
        && let Some(name) = entry.rest().strip_suffix(b" matches").filter(|name| !name.contains(&0))
    {
        *cursor = ahead;
        return Ok(Match { path: RawPath::new(name), line: None, column: None, text: RawText::default() });
    }
    let path = path(&field(cursor)?)?;
    let number_of = |cursor: &Cursor<'_>| cursor.all("a number", |bytes| number(bytes).map(Some));
    let number = number_of(&field(cursor)?)?;
    let column = number_of(&field(cursor)?)?;
    Ok(Match { path, line: number, column, text: RawText::new(line(cursor)?.rest()) })
}

/// Which rule ignores a path (git-check-ignore(1), `--verbose --non-matching`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreMatch {
    /// The path that was asked for.
    pub path: RawPath,
    /// The rule; `None` if none fits.
    pub rule: Option<IgnoreRule>,
}

/// A rule about ignored files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreRule {
    /// The file that it stands in.
    pub source: RawPath,
    /// The number of its line.
    pub line: u64,
    /// The pattern.
    pub pattern: RawText,
}

impl IgnoreMatch {
    /// Returns whether the path is ignored: a rule fits, and does not begin with `!`.
    pub fn is_ignored(&self) -> bool {
        self.rule.as_ref().is_some_and(|rule| !rule.pattern.as_bytes().starts_with(b"!"))
    }
}

listed!(IgnoreMatch, ignore_match);

/// Reads `source NUL line NUL pattern NUL path NUL`; the first three are empty if no rule fits.
fn ignore_match(cursor: &mut Cursor<'_>) -> Result<IgnoreMatch, OutputError> {
    let source = field(cursor)?;
    let number_of = field(cursor)?;
    let pattern = RawText::new(field(cursor)?.rest());
    let path = path(&field(cursor)?)?;
    if source.is_at_end() && number_of.is_at_end() {
        return Ok(IgnoreMatch { path, rule: None });
    }
    let line = number_of.all("the number of a line", number)?;
    Ok(IgnoreMatch { path, rule: Some(IgnoreRule { source: RawPath::new(source.rest()), line, pattern }) })
}

/// An attribute of a path (git-check-attr(1)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeOf {
    /// The path.
    pub path: RawPath,
    /// The name of the attribute.
    pub name: RawText,
    /// `set`, `unset`, `unspecified`, or what it is set to.
    pub value: Option<RawText>,
}

listed!(AttributeOf, attribute);

/// Reads `path NUL attribute NUL value NUL`.
fn attribute(cursor: &mut Cursor<'_>) -> Result<AttributeOf, OutputError> {
    let path = path(&field(cursor)?)?;
    let name = RawText::new(field(cursor)?.rest());
    Ok(AttributeOf { path, name, value: optional_text(&field(cursor)?) })
}
