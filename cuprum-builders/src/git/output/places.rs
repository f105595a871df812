//! Work trees, submodules and remotes.

use cuprum::spec::OutputError;

use super::read::{field, line, word};
use super::{ObjectId, listed};
use crate::output::{Cursor, RawPath, RawText};

/// A work tree (git-worktree(1), "List Output Format").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worktree {
    /// Where it is.
    pub path: RawPath,
    /// The commit that is checked out; `None` if it is bare or has no commit yet.
    pub head: Option<ObjectId>,
    /// The full name of the branch; `None` if `HEAD` is detached or it is bare.
    pub branch: Option<RawText>,
    /// Whether it is a bare repository.
    pub bare: bool,
    /// Whether `HEAD` is detached.
    pub detached: bool,
    /// Why it is locked, if it is; the reason can be empty.
    pub locked: Option<RawText>,
    /// Why it could be pruned, if it could.
    pub prunable: Option<RawText>,
}

listed!(Worktree, worktree);

impl Worktree {
    /// The options that make `git worktree list` print what [`Worktree::parse_list`] reads; since git 2.36.
    pub const FORMAT: [&'static str; 2] = ["--porcelain", "-z"];
}

/// Reads `label[ value]` and NUL, several times, and NUL. Labels that are not known are ignored.
fn worktree(cursor: &mut Cursor<'_>) -> Result<Worktree, OutputError> {
    let mut first = field(cursor)?;
    if !first.skip(b"worktree ") {
        return Err(first.error("`worktree` and a path"));
    }
    let mut found = Worktree {
        path: super::read::path(&first)?,
        head: None,
        branch: None,
        bare: false,
        detached: false,
        locked: None,
        prunable: None,
    };
    loop {
        let mut entry = field(cursor)?;
        if entry.is_at_end() {
            return Ok(found);
        }
        if entry.skip(b"HEAD ") {
            found.head = super::read::optional_id(&entry)?;
        } else if entry.skip(b"branch ") {
            found.branch = Some(RawText::new(entry.rest()));
        } else if entry.skip(b"locked") {
            found.locked = Some(value(&mut entry));
        } else if entry.skip(b"prunable") {
            found.prunable = Some(value(&mut entry));
        } else {
            found.bare |= entry.rest() == b"bare";
            found.detached |= entry.rest() == b"detached";
        }
    }
}

fn value(entry: &mut Cursor<'_>) -> RawText {
    entry.skip(b" ");
    RawText::new(entry.rest())
}

/// A submodule (git-submodule(1), `status`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmoduleStatus {
    /// What is checked out in it.
    pub state: SubmoduleState,
    /// The commit that is checked out; if it is not initialised, the one that is recorded. `None` where
    /// a merge left more than one.
    pub id: Option<ObjectId>,
    /// The path. Git prints it as it is: one with a line feed in it cannot be read.
    pub path: RawPath,
    /// A name for the commit, if there is one.
    pub describe: Option<RawText>,
}

/// What is checked out in a submodule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubmoduleState {
    /// The commit that is recorded.
    Recorded,
    /// Another one.
    Modified,
    /// Nothing.
    Uninitialised,
    /// A merge left more than one.
    Unmerged,
}

listed!(SubmoduleStatus, submodule);

/// Reads a mark, `oid path`, and perhaps ` (describe)`, which an uninitialised one has not.
fn submodule(cursor: &mut Cursor<'_>) -> Result<SubmoduleStatus, OutputError> {
    let mut entry = line(cursor)?;
    let state = entry.take(1).all("the mark of a submodule", |bytes| match bytes {
        b" " => Some(SubmoduleState::Recorded),
        b"+" => Some(SubmoduleState::Modified),
        b"-" => Some(SubmoduleState::Uninitialised),
        b"U" => Some(SubmoduleState::Unmerged),
        _ => None,
    })?;
    let id = super::read::optional_id(&word(&mut entry)?)?;
    let described = matches!(state, SubmoduleState::Recorded | SubmoduleState::Modified);
    let (path, describe) = match entry.rest().strip_suffix(b")").filter(|_| described) {
        Some(inner) => match inner.windows(2).rposition(|pair| pair == b" (") {
            Some(open) => {
                let (path, rest) = inner.split_at(open);
                (path, rest.get(2..).map(RawText::new))
            }
            None => (entry.rest(), None),
        },
        None => (entry.rest(), None),
    };
    if path.is_empty() {
        return Err(entry.error("a path"));
    }
    Ok(SubmoduleStatus { state, id, path: RawPath::new(path), describe })
}

/// An address of a remote (git-remote(1), `--verbose`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteLine {
    /// The name of the remote.
    pub name: RawText,
    /// The address; it can hold spaces.
    pub url: RawText,
    /// Whether it is pushed to; else it is fetched from.
    pub push: bool,
    /// What a partial clone leaves out.
    pub filter: Option<RawText>,
}

listed!(RemoteLine, remote_line);

/// Reads `name TAB url (fetch|push)[ [filter]] LF`.
fn remote_line(cursor: &mut Cursor<'_>) -> Result<RemoteLine, OutputError> {
    let mut entry = line(cursor)?;
    let name = RawText::new(entry.until(b'\t', "a name and a tab")?.rest());
    entry.all("an address and `(fetch)` or `(push)`", |bytes| {
        let (bytes, filter) = match bytes.strip_suffix(b"]") {
            Some(inner) => {
                let open = inner.windows(2).rposition(|pair| pair == b" [")?;
                let (bytes, filter) = inner.split_at(open);
                (bytes, Some(RawText::new(filter.get(2..)?)))
            }
            None => (bytes, None),
        };
        let (url, push) = match (bytes.strip_suffix(b" (fetch)"), bytes.strip_suffix(b" (push)")) {
            (Some(url), _) => (url, false),
            (_, Some(url)) => (url, true),
            _ => return None,
        };
        Some(RemoteLine { name, url: RawText::new(url), push, filter })
    })
}
