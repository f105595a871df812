//! Names of commits: lists of ids, counts, and what `describe` finds.

use cuprum::spec::OutputError;

use super::log::ids;
use super::read::{line, whole};
use super::{ObjectId, listed};
use crate::output::{Cursor, RawText, number};

/// A commit and its parents, as `git rev-list --parents` prints them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevListEntry {
    /// The commit.
    pub id: ObjectId,
    /// Its parents.
    pub parents: Vec<ObjectId>,
}

listed!(RevListEntry, rev_list_entry);

/// Reads ids with spaces between them. A mark before the first, `-` for an edge, is let go.
fn rev_list_entry(cursor: &mut Cursor<'_>) -> Result<RevListEntry, OutputError> {
    let mut entry = line(cursor)?;
    if !entry.skip(b"-") {
        entry.skip(b"<");
        entry.skip(b">");
    }
    match entry.all("ids of commits", ids)?.as_slice() {
        [id, parents @ ..] => Ok(RevListEntry { id: *id, parents: parents.to_vec() }),
        [] => Err(entry.error("the id of a commit")),
    }
}

/// How many commits are on each side (git-rev-list(1), `--left-right --count`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Counts {
    /// On the left side of `R...R`; 0 for any other range.
    pub left: u64,
    /// On the right side, or in all.
    pub right: u64,
    /// With the same change on both sides, if they were told apart.
    pub same: u64,
}

whole!(Counts);

impl Counts {
    /// Reads what `git rev-list --left-right --count` printed.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let cursor = line(&mut Cursor::new(output))?;
        cursor.all("two or three counts", |bytes| {
            let counts = bytes.split(|byte| *byte == b'\t').map(number);
            match counts.collect::<Option<Vec<u64>>>()?.as_slice() {
                [left, right] => Some(Self { left: *left, right: *right, same: 0 }),
                [left, right, same] => Some(Self { left: *left, right: *right, same: *same }),
                _ => None,
            }
        })
    }
}

/// A name for a commit (git-describe(1), `--long`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The tag; `None` if no tag is near.
    pub tag: Option<RawText>,
    /// How many commits came after it.
    pub distance: u64,
    /// The first digits of the commit's id.
    pub abbrev: RawText,
    /// Whether the work tree differs, if that was asked for.
    pub dirty: bool,
    /// Whether the work tree is broken, if that was asked for.
    pub broken: bool,
}

whole!(Description);

impl Description {
    /// Reads what `git describe --long` printed, also with `--always`, `--dirty` and `--broken`.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let cursor = line(&mut Cursor::new(output))?;
        cursor.all("a tag, a count and digits of an id", |bytes| {
            let (bytes, broken) = without(bytes, b"-broken");
            let (bytes, dirty) = without(bytes, b"-dirty");
            let parts: Vec<&[u8]> = bytes.rsplitn(3, |byte| *byte == b'-').collect();
            let (tag, distance, abbrev) = match parts.as_slice() {
                [abbrev, distance, tag] => (Some(*tag), number(distance)?, abbrev.strip_prefix(b"g")?),
                [abbrev] => (None, 0, *abbrev),
                _ => return None,
            };
            let digits = !abbrev.is_empty() && abbrev.iter().all(u8::is_ascii_hexdigit);
            let tag = tag.map(RawText::new);
            digits.then(|| Self { tag, distance, abbrev: RawText::new(abbrev), dirty, broken })
        })
    }
}

fn without<'a>(bytes: &'a [u8], ending: &[u8]) -> (&'a [u8], bool) {
    match bytes.strip_suffix(ending) {
        Some(bytes) => (bytes, true),
        None => (bytes, false),
    }
}
