//! Refs, as `for-each-ref`, `show-ref` and `ls-remote` print them.

use std::fmt;

use cuprum::spec::OutputError;

use super::read::{field, id, line, optional_text, word};
use super::{ObjectId, ObjectKind, listed};
use crate::output::{Cursor, RawText, number};

/// A ref, shown by its full name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref {
    /// The full name.
    pub name: RawText,
    /// The object that it names.
    pub id: ObjectId,
    /// The type of the object.
    pub kind: ObjectKind,
    /// What an annotated tag stands for.
    pub peeled: Option<ObjectId>,
    /// Whether it is the branch that is checked out here.
    pub head: bool,
    /// The ref that it names, if it is a symbolic ref.
    pub target: Option<RawText>,
    /// The full name of what a branch follows.
    pub upstream: Option<RawText>,
    /// How far the two are apart.
    pub track: Tracking,
    /// The work tree in which the branch is checked out.
    pub worktree: Option<RawText>,
    /// When the tag or the commit was made, in seconds since 1970.
    pub time: Option<i64>,
    /// The message of the tag or the commit.
    pub message: RawText,
}

/// How far a branch and what it follows are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tracking {
    /// They are at the same commit, or the branch follows nothing.
    Even,
    /// What it follows is gone.
    Gone,
    /// So many commits are on one side only.
    Apart {
        /// How many the upstream does not have.
        ahead: u64,
        /// How many only the upstream has.
        behind: u64,
    },
}

listed!(Ref, one_ref);

impl Ref {
    /// The option that makes `git for-each-ref` print what [`Ref::parse_list`] reads.
    pub const FORMAT: [&'static str; 1] = [concat!(
        "--format=%(refname)%00%(objectname)%00%(objecttype)%00%(*objectname)%00%(HEAD)%00%(symref)%00",
        "%(upstream)%00%(upstream:track,nobracket)%00%(worktreepath)%00%(creatordate:unix)%00%(contents)%00"
    )];

    /// Returns the name without `refs/heads/`, `refs/tags/`, `refs/remotes/` or `refs/`.
    pub fn short_name(&self) -> RawText {
        let name = self.name.as_bytes();
        let places: [&[u8]; 4] = [b"refs/heads/", b"refs/tags/", b"refs/remotes/", b"refs/"];
        let short = places.iter().find_map(|place| name.strip_prefix(*place));
        RawText::new(short.unwrap_or(name))
    }
}

fn one_ref(cursor: &mut Cursor<'_>) -> Result<Ref, OutputError> {
    let found = Ref {
        name: RawText::new(field(cursor)?.rest()),
        id: id(&field(cursor)?)?,
        kind: field(cursor)?.all("the type of an object", ObjectKind::read_bytes)?,
        peeled: field(cursor)?.all("an object id", |bytes| match bytes {
            b"" => Some(None),
            digits => ObjectId::from_hex(digits).map(Some),
        })?,
        head: field(cursor)?.rest() == b"*",
        target: optional_text(&field(cursor)?),
        upstream: optional_text(&field(cursor)?),
        track: field(cursor)?.all("how far the upstream is", tracking)?,
        worktree: optional_text(&field(cursor)?),
        time: field(cursor)?.all("a time", |bytes| match bytes {
            b"" => Some(None),
            digits => number(digits).map(Some),
        })?,
        message: RawText::new(field(cursor)?.rest()),
    };
    if cursor.skip(b"\n") { Ok(found) } else { Err(cursor.error("a line end behind a ref")) }
}

/// Reads nothing, `gone`, `ahead N`, `behind N`, or `ahead N, behind M`.
fn tracking(bytes: &[u8]) -> Option<Tracking> {
    match bytes {
        b"" => return Some(Tracking::Even),
        b"gone" => return Some(Tracking::Gone),
        _ => {}
    }
    let (mut ahead, mut behind) = (0, 0);
    for part in bytes.split(|byte| *byte == b',') {
        let part = part.strip_prefix(b" ").unwrap_or(part);
        match (part.strip_prefix(b"ahead "), part.strip_prefix(b"behind ")) {
            (Some(digits), _) => ahead = number(digits)?,
            (_, Some(digits)) => behind = number(digits)?,
            _ => return None,
        }
    }
    Some(Tracking::Apart { ahead, behind })
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

/// A ref and its object, as `git show-ref` prints them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefLine {
    /// The object.
    pub id: ObjectId,
    /// The full name.
    pub name: RawText,
    /// Whether it is what the annotated tag of that name stands for.
    pub peeled: bool,
}

listed!(RefLine, ref_line);

fn ref_line(cursor: &mut Cursor<'_>) -> Result<RefLine, OutputError> {
    let mut entry = line(cursor)?;
    let id = id(&word(&mut entry)?)?;
    let (name, peeled) = without_peel(entry.rest());
    Ok(RefLine { id, name: RawText::new(name), peeled })
}

fn without_peel(name: &[u8]) -> (&[u8], bool) {
    match name.strip_suffix(b"^{}") {
        Some(name) => (name, true),
        None => (name, false),
    }
}

/// A ref of another repository, as `git ls-remote --symref` prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteRef {
    /// The object.
    pub id: ObjectId,
    /// The full name.
    pub name: RawText,
    /// The ref that it names, if it is a symbolic ref.
    pub target: Option<RawText>,
    /// Whether it is what the annotated tag of that name stands for.
    pub peeled: bool,
}

listed!(RemoteRef, remote_ref);

/// Reads `oid TAB name`, perhaps after `ref: target TAB name`.
fn remote_ref(cursor: &mut Cursor<'_>) -> Result<RemoteRef, OutputError> {
    let mut target = None;
    if cursor.skip(b"ref: ") {
        target = Some(RawText::new(line(cursor)?.until(b'\t', "a ref and a tab")?.rest()));
    }
    let mut entry = line(cursor)?;
    let id = id(&entry.until(b'\t', "an object id and a tab")?)?;
    let (name, peeled) = without_peel(entry.rest());
    Ok(RemoteRef { id, name: RawText::new(name), target, peeled })
}
