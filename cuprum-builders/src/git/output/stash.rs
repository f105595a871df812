//! What was put aside, and what refs have named: both are logs of a ref.

use cuprum::spec::OutputError;

use super::log::ids;
use super::read::{field, id};
use super::{ObjectId, listed};
use crate::output::{Cursor, RawText, number};

/// Something that was put aside (git-stash(1)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stash {
    /// Its name, `stash@{0}` for the newest.
    pub name: RawText,
    /// The commit that holds it.
    pub id: ObjectId,
    /// The commit that was checked out, one of the index, and perhaps one of files that git did not know.
    pub parents: Vec<ObjectId>,
    /// When, in seconds since 1970.
    pub time: i64,
    /// What it is called; one line of it.
    pub subject: RawText,
}

listed!(Stash, stash);

impl Stash {
    /// The options that make `git stash list` print what [`Stash::parse_list`] reads.
    pub const FORMAT: [&'static str; 2] = ["-z", "--format=%gd%x00%H%x00%P%x00%ct%x00%gs"];

    /// Returns whether files are in it that git did not know.
    pub fn has_untracked(&self) -> bool {
        self.parents.len() > 2
    }
}

fn stash(cursor: &mut Cursor<'_>) -> Result<Stash, OutputError> {
    Ok(Stash {
        name: RawText::new(field(cursor)?.rest()),
        id: id(&field(cursor)?)?,
        parents: field(cursor)?.all("the ids of the parents", ids)?,
        time: field(cursor)?.all("a time", number)?,
        subject: RawText::new(field(cursor)?.rest()),
    })
}

/// A commit that a ref has named (git-reflog(1)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReflogEntry {
    /// The name with the time, `main@{1700000000}` for example.
    pub selector: RawText,
    /// The commit.
    pub id: ObjectId,
    /// Who changed the ref.
    pub name: RawText,
    /// That person's address.
    pub email: RawText,
    /// Why it was changed.
    pub reason: RawText,
}

listed!(ReflogEntry, reflog_entry);

impl ReflogEntry {
    /// The options that make `git log` print what [`ReflogEntry::parse_list`] reads.
    pub const FORMAT: [&'static str; 4] =
        ["-z", "--walk-reflogs", "--date=unix", "--format=%gD%x00%H%x00%gn%x00%ge%x00%gs"];

    /// Returns when the ref was changed, in seconds since 1970.
    pub fn time(&self) -> Option<i64> {
        let text = self.selector.as_bytes().strip_suffix(b"}")?;
        let open = text.iter().rposition(|byte| *byte == b'{')?;
        number(text.get(open + 1..)?)
    }
}

fn reflog_entry(cursor: &mut Cursor<'_>) -> Result<ReflogEntry, OutputError> {
    Ok(ReflogEntry {
        selector: RawText::new(field(cursor)?.rest()),
        id: id(&field(cursor)?)?,
        name: RawText::new(field(cursor)?.rest()),
        email: RawText::new(field(cursor)?.rest()),
        reason: RawText::new(field(cursor)?.rest()),
    })
}
