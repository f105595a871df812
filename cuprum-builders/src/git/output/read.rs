//! What the readers of git's outputs have in common.

use cuprum::Outcome;
use cuprum::spec::OutputError;

use super::ObjectId;
use crate::output::{Cursor, RawPath, RawText, number};

/// Gives a type the readers of a list of it; `$read` reads one.
macro_rules! listed {
    ($type:ty, $read:path) => {
        impl $type {
            /// Reads all that git printed.
            ///
            /// # Errors
            ///
            /// An [`OutputError`](cuprum::spec::OutputError) with the first byte that does not fit the format.
            pub fn parse_list(output: &[u8]) -> Result<Vec<Self>, cuprum::spec::OutputError> {
                $crate::git::output::read::list(output, $read)
            }

            pub(in crate::git) fn read_list(
                outcome: &cuprum::Outcome,
            ) -> Result<Vec<Self>, cuprum::spec::OutputError> {
                Self::parse_list(outcome.complete_stdout()?)
            }
        }
    };
}

/// Gives a type, which has `parse`, the reader of an outcome.
macro_rules! whole {
    ($type:ty) => {
        impl $type {
            pub(in crate::git) fn read(outcome: &cuprum::Outcome) -> Result<Self, cuprum::spec::OutputError> {
                Self::parse(outcome.complete_stdout()?)
            }
        }

        impl cuprum::spec::FromOutput for $type {
            fn from_output(outcome: &cuprum::Outcome) -> Result<Self, cuprum::spec::OutputError> {
                Self::read(outcome)
            }
        }
    };
}

pub(super) use {listed, whole};

/// Reads one after the other until the end.
pub(super) fn list<T>(
    output: &[u8],
    read: impl Fn(&mut Cursor<'_>) -> Result<T, OutputError>,
) -> Result<Vec<T>, OutputError> {
    let mut cursor = Cursor::new(output);
    let mut found = Vec::new();
    while !cursor.is_at_end() {
        found.push(read(&mut cursor)?);
    }
    Ok(found)
}

/// Reads a field that ends with NUL.
pub(super) fn field<'a>(cursor: &mut Cursor<'a>) -> Result<Cursor<'a>, OutputError> {
    cursor.until(0, "a field that ends with NUL")
}

/// Reads a line that ends with a line feed.
pub(super) fn line<'a>(cursor: &mut Cursor<'a>) -> Result<Cursor<'a>, OutputError> {
    cursor.until(b'\n', "a line that ends with a line feed")
}

/// Reads a word that ends with a space.
pub(super) fn word<'a>(cursor: &mut Cursor<'a>) -> Result<Cursor<'a>, OutputError> {
    cursor.until(b' ', "a word and a space")
}

/// Reads the id of an object.
pub(super) fn id(cursor: &Cursor<'_>) -> Result<ObjectId, OutputError> {
    cursor.all("an object id", ObjectId::from_hex)
}

/// Reads an id, or the null id for none.
pub(super) fn optional_id(cursor: &Cursor<'_>) -> Result<Option<ObjectId>, OutputError> {
    cursor.all("an object id", ObjectId::read_digits)
}

/// Reads a mode.
pub(super) fn mode(cursor: &Cursor<'_>) -> Result<u32, OutputError> {
    cursor.all("an octal mode", octal)
}

/// Reads a path that is not empty.
pub(super) fn path(cursor: &Cursor<'_>) -> Result<RawPath, OutputError> {
    cursor.all("a path", |bytes| (!bytes.is_empty()).then(|| RawPath::new(bytes)))
}

/// Reads a text, `None` if it is empty.
pub(super) fn optional_text(cursor: &Cursor<'_>) -> Option<RawText> {
    (!cursor.is_at_end()).then(|| RawText::new(cursor.rest()))
}

/// Reads an octal number: digits only, and not too many.
pub(super) fn octal(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.iter().all(|byte| matches!(byte, b'0'..=b'7'));
    u32::from_str_radix(std::str::from_utf8(bytes).ok().filter(|_| digits)?, 8).ok()
}

/// Takes one line end from the end.
fn without_line_end(bytes: &[u8]) -> &[u8] {
    bytes.strip_suffix(b"\n").unwrap_or(bytes)
}

/// The exit code 0 is yes.
pub(in crate::git) fn exit_zero(outcome: &Outcome) -> Result<bool, OutputError> {
    Ok(outcome.status().success())
}

/// The exit code 1 is yes.
pub(in crate::git) fn exit_one(outcome: &Outcome) -> Result<bool, OutputError> {
    Ok(!outcome.status().success())
}

/// Whether there is an object: git fails with 1 for an id, and with 128 for a name, but also for much else.
pub(in crate::git) fn is_object(outcome: &Outcome) -> Result<bool, OutputError> {
    use crate::git::{Failure, FailureKind};
    match Failure::read(outcome).map(|failure| failure.kind()) {
        None => Ok(true),
        Some(FailureKind::UnknownRevision) => Ok(false),
        Some(_) if outcome.status().code() == Some(1) => Ok(false),
        Some(_) => Err(OutputError::new("an answer, not a failure", 0)),
    }
}

/// `true` or `false`.
pub(in crate::git) fn yes_or_no(outcome: &Outcome) -> Result<bool, OutputError> {
    match without_line_end(outcome.complete_stdout()?) {
        b"true" => Ok(true),
        b"false" => Ok(false),
        _ => Err(OutputError::new("`true` or `false`", 0)),
    }
}

/// A size in bytes.
pub(in crate::git) fn size(outcome: &Outcome) -> Result<u64, OutputError> {
    number(without_line_end(outcome.complete_stdout()?)).ok_or_else(|| OutputError::new("a number", 0))
}

impl RawText {
    /// Takes the output without the line end at its end.
    pub(in crate::git) fn read(outcome: &Outcome) -> Result<Self, OutputError> {
        Ok(Self::new(without_line_end(outcome.complete_stdout()?)))
    }

    /// The same; no output is `None`.
    pub(in crate::git) fn read_optional(outcome: &Outcome) -> Result<Option<Self>, OutputError> {
        Self::read(outcome).map(|text| Some(text).filter(|text| !text.is_empty()))
    }

    /// Takes each line.
    pub(in crate::git) fn read_lines(outcome: &Outcome) -> Result<Vec<Self>, OutputError> {
        list(outcome.complete_stdout()?, |cursor| Ok(Self::new(line(cursor)?.rest())))
    }

    /// Takes each text that ends with NUL.
    pub(in crate::git) fn read_nul_list(outcome: &Outcome) -> Result<Vec<Self>, OutputError> {
        list(outcome.complete_stdout()?, |cursor| Ok(Self::new(field(cursor)?.rest())))
    }

    /// Takes the only text that ends with NUL; no output is `None`.
    pub(in crate::git) fn read_nul(outcome: &Outcome) -> Result<Option<Self>, OutputError> {
        Self::read_nul_list(outcome).map(|mut texts| texts.pop())
    }
}

impl RawPath {
    /// Takes the output without the line end at its end.
    pub(in crate::git) fn read(outcome: &Outcome) -> Result<Self, OutputError> {
        Ok(Self::new(without_line_end(outcome.complete_stdout()?)))
    }

    /// Takes each path that ends with NUL.
    pub(in crate::git) fn read_list(outcome: &Outcome) -> Result<Vec<Self>, OutputError> {
        list(outcome.complete_stdout()?, |cursor| path(&field(cursor)?))
    }
}

impl ObjectId {
    /// Reads the only line.
    pub(in crate::git) fn read(outcome: &Outcome) -> Result<Self, OutputError> {
        id(&Cursor::new(without_line_end(outcome.complete_stdout()?)))
    }

    /// Reads the only line; no output is `None`.
    pub(in crate::git) fn read_optional(outcome: &Outcome) -> Result<Option<Self>, OutputError> {
        if outcome.complete_stdout()?.is_empty() { Ok(None) } else { Self::read(outcome).map(Some) }
    }

    /// Reads each line.
    pub(in crate::git) fn read_list(outcome: &Outcome) -> Result<Vec<Self>, OutputError> {
        list(outcome.complete_stdout()?, |cursor| id(&line(cursor)?))
    }
}
