//! Texts about objects.

use cuprum::spec::OutputError;

use super::read::{id, line, word};
use super::{ObjectId, listed};
use crate::output::Cursor;

/// A note (git-notes(1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    /// The id of the text.
    pub id: ObjectId,
    /// The object that it is about.
    pub object: ObjectId,
}

listed!(Note, note);

fn note(cursor: &mut Cursor<'_>) -> Result<Note, OutputError> {
    Ok(Note { id: id(&word(cursor)?)?, object: id(&line(cursor)?)? })
}
