//! Differences between versions of files, as `--raw --numstat -z` prints them.

use std::fmt;

use cuprum::spec::OutputError;

use super::read::{field, mode, optional_id, path, whole, word};
use super::{FileVersion, listed};
use crate::output::{Cursor, RawPath, number};

/// The files that differ, shown a file a line.
///
/// ```
/// use cuprum_builders::git::{ChangeKind, Diff};
///
/// let (old, new) = ("0".repeat(40), "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1");
/// let output = format!(":000000 100644 {old} {new} A\0new.txt\x003\t0\tnew.txt\0");
/// let diff = Diff::parse(output.as_bytes())?;
/// assert_eq!(diff.changes[0].kind, ChangeKind::Added);
/// assert_eq!(diff.lines_added(), 3);
/// assert_eq!(diff.to_string(), "A\tnew.txt");
/// # Ok::<(), cuprum::spec::OutputError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The files, in git's order. An unmerged file can be there twice.
    pub changes: Vec<FileChange>,
}

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// How.
    pub kind: ChangeKind,
    /// The old version.
    pub old: FileVersion,
    /// The new version; its id is `None` where it is in the work tree.
    pub new: FileVersion,
    /// How alike they are, in percent, if it was renamed or copied or taken apart.
    pub score: Option<u8>,
    /// The path; the new one if there are two.
    pub path: RawPath,
    /// The old path of a file that was renamed or copied.
    pub origin: Option<RawPath>,
    /// How many lines differ, if git counted them; not for a binary file.
    pub lines: Option<LineCount>,
}

/// How a file differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is a copy.
    Copied,
    /// It is gone.
    Deleted,
    /// Its content or its mode.
    Modified,
    /// It has a new name.
    Renamed,
    /// It became a file of another type.
    TypeChanged,
    /// A merge left more than one version.
    Unmerged,
    /// Git does not know.
    Unknown,
}

/// How many lines differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LineCount {
    /// How many were added.
    pub added: u64,
    /// How many were deleted.
    pub deleted: u64,
}

impl Diff {
    /// The options that make git print what [`Diff::parse`] reads.
    pub const FORMAT: [&'static str; 6] =
        ["-z", "--raw", "--numstat", "--no-abbrev", "--no-ext-diff", "--no-textconv"];

    /// Reads what git printed with the options of [`Diff::FORMAT`].
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut cursor = Cursor::new(output);
        let changes = changes(&mut cursor)?;
        if cursor.is_at_end() { Ok(Self { changes }) } else { Err(cursor.error("a change of a file")) }
    }

    /// Returns whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns how many lines were added in all files that git counted.
    pub fn lines_added(&self) -> u64 {
        self.changes
            .iter()
            .filter_map(|change| change.lines)
            .fold(0, |sum, count| sum.saturating_add(count.added))
    }

    /// Returns how many lines were deleted in all files that git counted.
    pub fn lines_deleted(&self) -> u64 {
        self.changes
            .iter()
            .filter_map(|change| change.lines)
            .fold(0, |sum, count| sum.saturating_add(count.deleted))
    }
}

whole!(Diff);

/// Reads changes, then their counts, up to anything else.
pub(super) fn changes(cursor: &mut Cursor<'_>) -> Result<Vec<FileChange>, OutputError> {
    let mut changes = Vec::new();
    while cursor.skip(b":") {
        changes.push(raw(cursor)?);
    }
    // Both lists have the same order, but unmerged files are not in both.
    let mut next = 0;
    while matches!(cursor.rest(), [b'0'..=b'9' | b'-', ..]) {
        let (lines, path, origin) = counted(cursor)?;
        let fits = |change: &FileChange| change.path == path && change.origin == origin;
        let ahead = changes.iter().skip(next).position(fits).map(|at| at + next);
        let Some(at) = ahead.or_else(|| changes.iter().position(fits)) else { continue };
        if let Some(change) = changes.get_mut(at) {
            change.lines = lines;
        }
        next = at + 1;
    }
    Ok(changes)
}

/// Reads `oldmode newmode oldid newid status NUL path NUL [path NUL]`.
fn raw(cursor: &mut Cursor<'_>) -> Result<FileChange, OutputError> {
    let mut entry = field(cursor)?;
    let [old, new] = [mode(&word(&mut entry)?)?, mode(&word(&mut entry)?)?];
    let old = FileVersion { mode: old, id: optional_id(&word(&mut entry)?)? };
    let new = FileVersion { mode: new, id: optional_id(&word(&mut entry)?)? };
    let (kind, score) = entry.all("a letter of status", |bytes| match bytes {
        [letter] => Some((ChangeKind::read(*letter)?, None)),
        [letter, score @ ..] => Some((ChangeKind::read(*letter)?, Some(number(score)?))),
        [] => None,
    })?;
    let first = path(&field(cursor)?)?;
    let moved = matches!(kind, ChangeKind::Renamed | ChangeKind::Copied);
    let (path, origin) = if moved { (path(&field(cursor)?)?, Some(first)) } else { (first, None) };
    Ok(FileChange { kind, old, new, score, path, origin, lines: None })
}

type Counted = (Option<LineCount>, RawPath, Option<RawPath>);

/// Reads `added TAB deleted TAB path NUL`, or `added TAB deleted TAB NUL old NUL new NUL`.
fn counted(cursor: &mut Cursor<'_>) -> Result<Counted, OutputError> {
    let mut entry = field(cursor)?;
    let [added, deleted] = [count(&mut entry)?, count(&mut entry)?];
    let lines = added.zip(deleted).map(|(added, deleted)| LineCount { added, deleted });
    if !entry.is_at_end() {
        return Ok((lines, path(&entry)?, None));
    }
    let origin = path(&field(cursor)?)?;
    Ok((lines, path(&field(cursor)?)?, Some(origin)))
}

/// Reads a number, or `-` for a binary file, and a tab.
fn count(entry: &mut Cursor<'_>) -> Result<Option<u64>, OutputError> {
    entry.until(b'\t', "a count of lines and a tab")?.all("a count of lines", |bytes| match bytes {
        b"-" => Some(None),
        digits => number(digits).map(Some),
    })
}

impl ChangeKind {
    fn read(letter: u8) -> Option<Self> {
        Some(match letter {
            b'A' => Self::Added,
            b'C' => Self::Copied,
            b'D' => Self::Deleted,
            b'M' => Self::Modified,
            b'R' => Self::Renamed,
            b'T' => Self::TypeChanged,
            b'U' => Self::Unmerged,
            b'X' => Self::Unknown,
            _ => return None,
        })
    }

    /// Returns the letter by which git shows it.
    pub fn letter(self) -> char {
        match self {
            Self::Added => 'A',
            Self::Copied => 'C',
            Self::Deleted => 'D',
            Self::Modified => 'M',
            Self::Renamed => 'R',
            Self::TypeChanged => 'T',
            Self::Unmerged => 'U',
            Self::Unknown => 'X',
        }
    }
}

impl fmt::Display for FileChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t", self.kind.letter())?;
        if let Some(origin) = &self.origin {
            write!(f, "{origin} -> ")?;
        }
        self.path.fmt(f)
    }
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, change) in self.changes.iter().enumerate() {
            let end = if i == 0 { "" } else { "\n" };
            write!(f, "{end}{change}")?;
        }
        Ok(())
    }
}

/// A file that a merge changed from each of its parents (git-diff-tree(1), `-c --raw -z`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CombinedChange {
    /// The version of each parent, and how the result differs from it.
    pub parents: Vec<(FileVersion, ChangeKind)>,
    /// The version of the merge.
    pub new: FileVersion,
    /// The path in the merge.
    pub path: RawPath,
}

listed!(CombinedChange, combined);

impl CombinedChange {
    /// The options that make `git diff-tree` print what [`CombinedChange::parse_list`] reads.
    pub const FORMAT: [&'static str; 8] =
        ["-c", "-r", "-z", "--raw", "--no-abbrev", "--no-commit-id", "--no-ext-diff", "--no-textconv"];
}

/// Reads `:` for each parent, their modes and ours, their ids and ours, a letter for each.
fn combined(cursor: &mut Cursor<'_>) -> Result<CombinedChange, OutputError> {
    let mut entry = field(cursor)?;
    let mut count = 0;
    while entry.skip(b":") {
        count += 1;
    }
    let modes = (0..count).map(|_| mode(&word(&mut entry)?)).collect::<Result<Vec<_>, _>>()?;
    let new_mode = mode(&word(&mut entry)?)?;
    let ids = (0..count).map(|_| optional_id(&word(&mut entry)?)).collect::<Result<Vec<_>, _>>()?;
    let new = FileVersion { mode: new_mode, id: optional_id(&word(&mut entry)?)? };
    let kinds = entry.all("a letter for each parent", |bytes| {
        let kinds = bytes.iter().map(|letter| ChangeKind::read(*letter)).collect::<Option<Vec<_>>>()?;
        (kinds.len() == count && count > 0).then_some(kinds)
    })?;
    let versions = modes.into_iter().zip(ids).map(|(mode, id)| FileVersion { mode, id });
    let parents = versions.zip(kinds).collect();
    Ok(CombinedChange { parents, new, path: path(&field(cursor)?)? })
}
