//! Objects, as `cat-file` prints them, and what it is asked for.

use cuprum::spec::OutputError;
use cuprum::{ArgValue, Outcome};

use super::read::{id, line, whole, word};
use super::{ObjectId, listed};
use crate::args::ObjectName;
use crate::output::{Cursor, RawText, number};

/// The type of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ArgValue)]
pub enum ObjectKind {
    /// The content of a file.
    Blob,
    /// A directory.
    Tree,
    /// A commit.
    Commit,
    /// An annotated tag.
    Tag,
}

impl ObjectKind {
    pub(super) fn read_bytes(bytes: &[u8]) -> Option<Self> {
        Some(match bytes {
            b"blob" => Self::Blob,
            b"tree" => Self::Tree,
            b"commit" => Self::Commit,
            b"tag" => Self::Tag,
            _ => return None,
        })
    }

    pub(in crate::git) fn read_one(outcome: &Outcome) -> Result<Self, OutputError> {
        line(&mut Cursor::new(outcome.complete_stdout()?))?.all("the type of an object", Self::read_bytes)
    }
}

/// The names of objects that a command is to look up, one a line of its standard input.
///
/// ```
/// use cuprum_builders::args::ObjectName;
/// use cuprum_builders::git::ObjectNames;
///
/// let names: ObjectNames = [ObjectName::new("HEAD")?, ObjectName::new("HEAD:a b")?].into_iter().collect();
/// assert_eq!(names.as_ref(), b"HEAD\nHEAD:a b\n");
/// # Ok::<(), cuprum_builders::args::ArgError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectNames(Vec<u8>);

impl<N: Into<ObjectName>> FromIterator<N> for ObjectNames {
    fn from_iter<I: IntoIterator<Item = N>>(names: I) -> Self {
        let mut bytes = Vec::new();
        for name in names {
            bytes.extend_from_slice(name.into().as_str().as_bytes());
            bytes.push(b'\n');
        }
        Self(bytes)
    }
}

impl AsRef<[u8]> for ObjectNames {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// An answer of `git cat-file --batch` or `--batch-check`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FoundObject {
    /// The object.
    Object {
        /// Its id.
        id: ObjectId,
        /// Its type.
        kind: ObjectKind,
        /// Its size.
        size: u64,
        /// Its contents; nothing if only the facts were asked for.
        contents: Vec<u8>,
    },
    /// The object; it is larger than [`Objects`](crate::git::Objects) is to return as a whole.
    TooLarge {
        /// Its id.
        id: ObjectId,
        /// Its type.
        kind: ObjectKind,
        /// Its size.
        size: u64,
    },
    /// There is no such object.
    Missing(RawText),
    /// The name is that of a submodule, whose commit is not in this repository; since git 2.51.
    Submodule(ObjectId),
    /// More than one object can be meant.
    Ambiguous(RawText),
}

listed!(FoundObject, with_contents);

impl FoundObject {
    /// Reads what `git cat-file --batch-check` printed.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse_checks(output: &[u8]) -> Result<Vec<Self>, OutputError> {
        super::read::list(output, facts)
    }

    /// Reads the first line of an answer, with the line end; contents are not looked for.
    pub(in crate::git) fn parse_line(line: &[u8]) -> Result<Self, OutputError> {
        facts(&mut Cursor::new(line))
    }

    pub(in crate::git) fn read_checks(outcome: &Outcome) -> Result<Vec<Self>, OutputError> {
        Self::parse_checks(outcome.complete_stdout()?)
    }
}

/// Reads `oid type size LF contents LF`, or what [`facts`] reads.
fn with_contents(cursor: &mut Cursor<'_>) -> Result<FoundObject, OutputError> {
    let mut found = facts(cursor)?;
    if let FoundObject::Object { size, contents, .. } = &mut found {
        let length = usize::try_from(*size).unwrap_or(usize::MAX);
        let taken = cursor.take(length);
        if taken.rest().len() != length || !cursor.skip(b"\n") {
            return Err(cursor.error("the contents of an object and a line end"));
        }
        *contents = taken.rest().to_vec();
    }
    Ok(found)
}

/// Reads `oid type size LF`, `oid submodule LF`, `name missing LF` or `name ambiguous LF`.
fn facts(cursor: &mut Cursor<'_>) -> Result<FoundObject, OutputError> {
    let entry = line(cursor)?;
    if let Ok(object) = object(entry.clone()) {
        return Ok(object);
    }
    let name = |ending: &[u8]| entry.rest().strip_suffix(ending).map(RawText::new);
    let module = entry.rest().strip_suffix(b" submodule").and_then(ObjectId::from_hex);
    match (name(b" missing"), name(b" ambiguous"), module) {
        (Some(name), _, _) => Ok(FoundObject::Missing(name)),
        (_, Some(name), _) => Ok(FoundObject::Ambiguous(name)),
        (_, _, Some(id)) => Ok(FoundObject::Submodule(id)),
        _ => Err(entry.error("the id, type and size of an object, or `missing`")),
    }
}

fn object(mut entry: Cursor<'_>) -> Result<FoundObject, OutputError> {
    let id = id(&word(&mut entry)?)?;
    let kind = word(&mut entry)?.all("the type of an object", ObjectKind::read_bytes)?;
    let size = entry.all("a size", number)?;
    Ok(FoundObject::Object { id, kind, size, contents: Vec::new() })
}

/// How many objects there are, and how much space they take (git-count-objects(1)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ObjectCount {
    /// How many objects are in no pack.
    pub loose: u64,
    /// How much space these take, in KiB.
    pub loose_kib: u64,
    /// How many objects are in packs.
    pub packed: u64,
    /// How many packs there are.
    pub packs: u64,
    /// How much space these take, in KiB.
    pub packs_kib: u64,
    /// How many objects in no pack are in one, too.
    pub prunable: u64,
    /// How many files are neither objects nor packs.
    pub garbage: u64,
    /// How much space these take, in KiB.
    pub garbage_kib: u64,
}

whole!(ObjectCount);

impl ObjectCount {
    /// Reads what `git count-objects --verbose` printed; lines that are not known are ignored.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut cursor = Cursor::new(output);
        let mut found = Self::default();
        while !cursor.is_at_end() {
            let mut entry = line(&mut cursor)?;
            let name = entry.until(b':', "a name and `:`")?;
            entry.skip(b" ");
            let place = match name.rest() {
                b"count" => &mut found.loose,
                b"size" => &mut found.loose_kib,
                b"in-pack" => &mut found.packed,
                b"packs" => &mut found.packs,
                b"size-pack" => &mut found.packs_kib,
                b"prune-packable" => &mut found.prunable,
                b"garbage" => &mut found.garbage,
                b"size-garbage" => &mut found.garbage_kib,
                _ => continue,
            };
            *place = entry.all("a number", number)?;
        }
        Ok(found)
    }
}
