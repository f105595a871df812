//! The grammar of `git status --porcelain=v2 -z`, from git-status(1), "Porcelain Format Version 2".
//!
//! Records end with NUL. A header is `# key value`. The others begin with their kind: `1` an ordinary
//! change, `2` a rename or copy (the old name is a record of its own), `u` unmerged, `?` untracked,
//! `!` ignored. The path is the last field, so it may hold spaces.

use cuprum::spec::OutputError;

use super::super::ObjectId;
use super::super::read::octal;
use super::{Branch, Change, Conflict, FileVersion, Moved, State, Status, Submodule, Tracked, Unmerged};
use crate::output::{Cursor, RawPath, RawText, number};

const RECORD: &str = "a record that ends with NUL";

pub(super) fn status(output: &[u8]) -> Result<Status, OutputError> {
    let mut cursor = Cursor::new(output);
    let mut headers = Headers::default();
    let mut changes = Vec::new();
    while !cursor.is_at_end() {
        let mut record = cursor.until(0, RECORD)?;
        if record.skip(b"# ") {
            headers.read(record)?;
        } else if record.skip(b"1 ") {
            changes.push(Change::Tracked(tracked(&mut record)?));
        } else if record.skip(b"2 ") {
            changes.push(Change::Moved(moved(&mut record, &mut cursor)?));
        } else if record.skip(b"u ") {
            changes.push(Change::Unmerged(unmerged(&mut record)?));
        } else if record.skip(b"? ") {
            changes.push(Change::Untracked(path(&record)?));
        } else if record.skip(b"! ") {
            changes.push(Change::Ignored(path(&record)?));
        } else {
            return Err(record.error("a record of `git status --porcelain=v2`"));
        }
    }
    let (Some(oid), Some(name)) = (headers.oid, headers.head) else {
        return Err(cursor.error("the headers `branch.oid` and `branch.head`"));
    };
    let Headers { upstream, ahead, behind, stash, .. } = headers;
    Ok(Status { branch: Branch { name, oid, upstream, ahead, behind }, stash, changes })
}

/// The headers that have been read. The first two are always printed.
#[derive(Default)]
struct Headers {
    oid: Option<Option<ObjectId>>,
    head: Option<Option<RawText>>,
    upstream: Option<RawText>,
    ahead: Option<u64>,
    behind: Option<u64>,
    stash: Option<u64>,
}

impl Headers {
    fn read(&mut self, mut header: Cursor<'_>) -> Result<(), OutputError> {
        if header.skip(b"branch.oid ") {
            let initial = header.rest() == b"(initial)";
            self.oid =
                Some(if initial { None } else { Some(header.all("an object id", ObjectId::from_hex)?) });
        } else if header.skip(b"branch.head ") {
            let detached = header.rest() == b"(detached)";
            self.head = Some(if detached { None } else { Some(RawText::new(header.rest())) });
        } else if header.skip(b"branch.upstream ") {
            self.upstream = Some(RawText::new(header.rest()));
        } else if header.skip(b"branch.ab ") {
            self.ahead = count(&header.until(b' ', "two counts")?, b"+")?;
            self.behind = count(&header, b"-")?;
        } else if header.skip(b"stash ") {
            self.stash = Some(header.all("a number", number)?);
        }
        Ok(())
    }
}

/// Reads `+N` or `+?`; git does not count with `--no-ahead-behind`.
fn count(field: &Cursor<'_>, sign: &[u8]) -> Result<Option<u64>, OutputError> {
    field.all("a count of commits", |bytes| match bytes.strip_prefix(sign)? {
        b"?" => Some(None),
        digits => Some(Some(number(digits)?)),
    })
}

/// Reads `XY sub mH mI mW hH hI path`.
fn tracked(record: &mut Cursor<'_>) -> Result<Tracked, OutputError> {
    let file = before_path(record)?;
    Ok(Tracked { path: path(record)?, ..file })
}

/// Reads `XY sub mH mI mW hH hI Xscore path`, and the old name, which is the next record.
fn moved(record: &mut Cursor<'_>, next: &mut Cursor<'_>) -> Result<Moved, OutputError> {
    let file = before_path(record)?;
    let (copied, score) = field(record)?.all("`R` or `C` and a score", |bytes| match bytes {
        [b'R', score @ ..] => Some((false, number(score)?)),
        [b'C', score @ ..] => Some((true, number(score)?)),
        _ => None,
    })?;
    let file = Tracked { path: path(record)?, ..file };
    let origin = path(&next.until(0, "the old name of a file")?)?;
    Ok(Moved { file, copied, score, origin })
}

fn before_path(record: &mut Cursor<'_>) -> Result<Tracked, OutputError> {
    let (index, worktree) = field(record)?.all("two letters of status", |bytes| match bytes {
        [index, worktree] => Some((State::read(*index)?, State::read(*worktree)?)),
        _ => None,
    })?;
    let submodule = submodule(record)?;
    let [head, staged, worktree_mode] = [mode(record)?, mode(record)?, mode(record)?];
    let head = FileVersion { mode: head, id: id(record)? };
    let staged = FileVersion { mode: staged, id: id(record)? };
    Ok(Tracked { index, worktree, submodule, head, staged, worktree_mode, path: RawPath::default() })
}

/// Reads `XY sub m1 m2 m3 mW h1 h2 h3 path`.
fn unmerged(record: &mut Cursor<'_>) -> Result<Unmerged, OutputError> {
    let conflict = field(record)?.all("the two letters of a conflict", Conflict::read)?;
    let submodule = submodule(record)?;
    let [base, ours, theirs] = [mode(record)?, mode(record)?, mode(record)?];
    let worktree_mode = mode(record)?;
    let base = FileVersion { mode: base, id: id(record)? };
    let ours = FileVersion { mode: ours, id: id(record)? };
    let theirs = FileVersion { mode: theirs, id: id(record)? };
    let path = path(record)?;
    Ok(Unmerged { conflict, submodule, base, ours, theirs, worktree_mode, path })
}

fn field<'a>(record: &mut Cursor<'a>) -> Result<Cursor<'a>, OutputError> {
    record.until(b' ', "a field and a space")
}

/// Reads `N...` for no submodule, or `S` and three places that are `.` or their letter.
fn submodule(record: &mut Cursor<'_>) -> Result<Option<Submodule>, OutputError> {
    field(record)?.all("the state of a submodule", |bytes| match bytes {
        b"N..." => Some(None),
        [b'S', commit @ (b'C' | b'.'), modified @ (b'M' | b'.'), untracked @ (b'U' | b'.')] => {
            Some(Some(Submodule {
                new_commit: *commit != b'.',
                modified: *modified != b'.',
                untracked: *untracked != b'.',
            }))
        }
        _ => None,
    })
}

fn mode(record: &mut Cursor<'_>) -> Result<u32, OutputError> {
    field(record)?.all("an octal mode", octal)
}

fn id(record: &mut Cursor<'_>) -> Result<Option<ObjectId>, OutputError> {
    field(record)?.all("an object id", ObjectId::read_digits)
}

fn path(record: &Cursor<'_>) -> Result<RawPath, OutputError> {
    record.all("a path", |bytes| (!bytes.is_empty()).then(|| RawPath::new(bytes)))
}
