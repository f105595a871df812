//! Files of the index and of trees, and what `git clean` names.

use cuprum::spec::OutputError;

use super::quoted::unquoted;
use super::read::{field, id, line, mode, path, word};
use super::{ObjectId, ObjectKind, listed};
use crate::output::{Cursor, RawPath, RawText, number};

/// An entry of the index (git-ls-files(1), `--stage`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexEntry {
    /// The mode, `0o100644` for example.
    pub mode: u32,
    /// The id of the content.
    pub id: ObjectId,
    /// 0; or of an unmerged file 1 for the common version, 2 for ours, 3 for theirs.
    pub stage: u8,
    /// The path.
    pub path: RawPath,
}

listed!(IndexEntry, index_entry);

impl IndexEntry {
    /// The options that make `git ls-files` print what [`IndexEntry::parse_list`] reads.
    pub const FORMAT: [&'static str; 2] = ["-z", "--stage"];
}

/// Reads `mode oid stage TAB path NUL`.
fn index_entry(cursor: &mut Cursor<'_>) -> Result<IndexEntry, OutputError> {
    let mut entry = field(cursor)?;
    let mode = mode(&word(&mut entry)?)?;
    let id = id(&word(&mut entry)?)?;
    let stage = entry.until(b'\t', "a stage and a tab")?.all("a stage", |bytes| match bytes {
        [stage @ b'0'..=b'3'] => Some(stage - b'0'),
        _ => None,
    })?;
    Ok(IndexEntry { mode, id, stage, path: path(&entry)? })
}

/// An entry of a tree (git-ls-tree(1)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeEntry {
    /// The mode, `0o100644` for example.
    pub mode: u32,
    /// The type: a file, a tree, or the commit of a submodule.
    pub kind: ObjectKind,
    /// The id of the content.
    pub id: ObjectId,
    /// The size of a file.
    pub size: Option<u64>,
    /// The path.
    pub path: RawPath,
}

listed!(TreeEntry, tree_entry);

impl TreeEntry {
    /// The options that make `git ls-tree` print what [`TreeEntry::parse_list`] reads.
    pub const FORMAT: [&'static str; 2] = ["-z", "--long"];
}

/// Reads `mode type oid`, spaces, `size TAB path NUL`.
fn tree_entry(cursor: &mut Cursor<'_>) -> Result<TreeEntry, OutputError> {
    let mut entry = field(cursor)?;
    let mode = mode(&word(&mut entry)?)?;
    let kind = word(&mut entry)?.all("the type of an object", ObjectKind::read_bytes)?;
    let id = id(&word(&mut entry)?)?;
    while entry.skip(b" ") {}
    let size = entry.until(b'\t', "a size and a tab")?.all("a size", |bytes| match bytes {
        b"-" => Some(None),
        digits => number(digits).map(Some),
    })?;
    Ok(TreeEntry { mode, kind, id, size, path: path(&entry)? })
}

/// The line ends of a file (git-ls-files(1), `--eol`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineEnds {
    /// Those in the index: `lf`, `crlf`, `mixed`, `none`, `-text`; nothing if it is no file.
    pub index: RawText,
    /// Those in the work tree.
    pub worktree: RawText,
    /// The attributes that decide.
    pub attributes: RawText,
    /// The path.
    pub path: RawPath,
}

listed!(LineEnds, line_ends);

/// Reads `i/…`, spaces, `w/…`, spaces, `attr/…`, spaces, a tab, the path and NUL.
fn line_ends(cursor: &mut Cursor<'_>) -> Result<LineEnds, OutputError> {
    let mut entry = field(cursor)?;
    let index = prefixed(&mut entry, b"i/")?;
    let worktree = prefixed(&mut entry, b"w/")?;
    let mut attributes = entry.until(b'\t', "attributes and a tab")?;
    if !attributes.skip(b"attr/") {
        return Err(attributes.error("`attr/`"));
    }
    Ok(LineEnds {
        index,
        worktree,
        attributes: RawText::new(attributes.rest().trim_ascii_end()),
        path: path(&entry)?,
    })
}

fn prefixed(entry: &mut Cursor<'_>, prefix: &'static [u8]) -> Result<RawText, OutputError> {
    if !entry.skip(prefix) {
        return Err(entry.error("`i/` or `w/`"));
    }
    let text = RawText::new(word(entry)?.rest());
    while entry.skip(b" ") {}
    Ok(text)
}

/// A path that `git clean` has removed, or would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanedPath {
    /// Whether it was left alone, since it holds a repository.
    pub skipped: bool,
    /// The path; a directory ends with `/`.
    pub path: RawPath,
}

listed!(CleanedPath, cleaned);

/// Reads `Removing PATH`, `Would remove PATH`, `Skipping repository PATH`, `Would skip repository PATH`.
fn cleaned(cursor: &mut Cursor<'_>) -> Result<CleanedPath, OutputError> {
    let mut entry = line(cursor)?;
    let skipped = entry.skip(b"Skipping repository ") || entry.skip(b"Would skip repository ");
    if !skipped && !entry.skip(b"Removing ") && !entry.skip(b"Would remove ") {
        return Err(entry.error("what became of a path"));
    }
    let path = entry.all("a path", |bytes| unquoted(bytes).filter(|path| !path.is_empty()))?;
    Ok(CleanedPath { skipped, path: RawPath::new(path) })
}
