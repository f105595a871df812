//! The tree that a merge makes, as `git merge-tree --write-tree -z` prints it.

use cuprum::Outcome;
use cuprum::spec::OutputError;

use super::ObjectId;
use super::read::{field, id, mode, path, whole, word};
use crate::git::Failure;
use crate::output::{Cursor, RawPath, RawText, number};

/// The tree that a merge makes (git-merge-tree(1), "Output").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeTree {
    /// The tree; files with a conflict hold both versions.
    pub tree: ObjectId,
    /// The versions of files with a conflict.
    pub conflicts: Vec<ConflictEntry>,
    /// What git has to say about files.
    pub messages: Vec<MergeMessage>,
}

/// A version of a file with a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictEntry {
    /// The mode.
    pub mode: u32,
    /// The id of the content.
    pub id: ObjectId,
    /// 1 for the common version, 2 for ours, 3 for theirs.
    pub stage: u8,
    /// The path.
    pub path: RawPath,
}

/// What git has to say about files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeMessage {
    /// The files.
    pub paths: Vec<RawPath>,
    /// What kind of message it is, a stable text: `CONFLICT (contents)`, `Auto-merging`.
    pub kind: RawText,
    /// The message, for people.
    pub text: RawText,
}

whole!(MergeTree);

impl MergeTree {
    /// The options that make `git merge-tree` print what [`MergeTree::parse`] reads; since git 2.38.
    pub const FORMAT: [&'static str; 3] = ["--write-tree", "-z", "--messages"];

    /// Reads what `git merge-tree` printed with the options of [`MergeTree::FORMAT`].
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut cursor = Cursor::new(output);
        let tree = id(&field(&mut cursor)?)?;
        let mut conflicts = Vec::new();
        let mut messages = Vec::new();
        while !cursor.is_at_end() && !cursor.skip(b"\0") {
            conflicts.push(conflict(&mut cursor)?);
        }
        while !cursor.is_at_end() {
            messages.push(message(&mut cursor)?);
        }
        Ok(Self { tree, conflicts, messages })
    }

    /// Reads the output of a run; git exits with 1 where there are conflicts, but also where a side is not known.
    pub(in crate::git) fn read_result(outcome: &Outcome) -> Result<Self, OutputError> {
        match Failure::read(outcome) {
            Some(failure) if outcome.stdout().bytes().is_empty() => Err(OutputError::other(failure)),
            _ => Self::read(outcome),
        }
    }

    /// Returns whether there was no conflict.
    pub fn is_clean(&self) -> bool {
        self.conflicts.is_empty()
    }
}

/// Reads `mode oid stage TAB path NUL`.
fn conflict(cursor: &mut Cursor<'_>) -> Result<ConflictEntry, OutputError> {
    let mut entry = field(cursor)?;
    let mode = mode(&word(&mut entry)?)?;
    let id = id(&word(&mut entry)?)?;
    let stage = entry.until(b'\t', "a stage and a tab")?.all("a stage", |bytes| match bytes {
        [stage @ b'1'..=b'3'] => Some(stage - b'0'),
        _ => None,
    })?;
    Ok(ConflictEntry { mode, id, stage, path: path(&entry)? })
}

/// Reads `count NUL`, as many paths, `kind NUL text NUL`.
fn message(cursor: &mut Cursor<'_>) -> Result<MergeMessage, OutputError> {
    let count: usize = field(cursor)?.all("a count of paths", number)?;
    let mut paths = Vec::new();
    for _ in 0..count {
        paths.push(path(&field(cursor)?)?);
    }
    let kind = RawText::new(field(cursor)?.rest());
    Ok(MergeMessage { paths, kind, text: RawText::new(field(cursor)?.rest()) })
}
