//! The state of a work tree, as `git status --porcelain=v2 -z --branch --show-stash` prints it.

mod change;
mod read;

use std::fmt;

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

pub use self::change::{Change, Conflict, FileVersion, Moved, State, Submodule, Tracked, Unmerged};
use super::ObjectId;
use crate::output::RawText;

/// The state of a work tree: its branch, and what differs from the last commit.
///
/// It is shown as `git status --short --branch` shows it, with control characters escaped.
///
/// ```
/// use cuprum_builders::git::Status;
///
/// let output = b"# branch.oid (initial)\0# branch.head main\0? new.txt\0";
/// let status = Status::parse(output)?;
/// assert_eq!((status.branch.to_string(), status.changes.len()), ("main".to_owned(), 1));
/// assert_eq!(status.to_string(), "## main\n?? new.txt");
/// # Ok::<(), cuprum::spec::OutputError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The branch that is checked out.
    pub branch: Branch,
    /// How many entries the stash has; `None` if git named none.
    pub stash: Option<u64>,
    /// What differs, in git's order: tracked files, then unmerged, untracked and ignored ones.
    pub changes: Vec<Change>,
}

/// The branch that is checked out, shown as its name or as `(detached)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The name without `refs/heads/`, or `None` if HEAD is detached.
    ///
    /// A branch that is called `(detached)` cannot be told from a detached HEAD in this format.
    pub name: Option<RawText>,
    /// The commit that is checked out, or `None` if there is none yet.
    pub oid: Option<ObjectId>,
    /// The branch that it follows, `origin/main` for example; that one may be gone.
    pub upstream: Option<RawText>,
    /// How many commits the upstream does not have, if git counted them.
    pub ahead: Option<u64>,
    /// How many commits only the upstream has, if git counted them.
    pub behind: Option<u64>,
}

impl Status {
    /// The options that make `git status` print what [`Status::parse`] reads.
    pub const FORMAT: [&'static str; 4] = ["--porcelain=v2", "-z", "--branch", "--show-stash"];

    /// Reads what `git status` printed with the options of [`Status::FORMAT`].
    ///
    /// Headers that are not known are ignored, as git-status(1) asks.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        read::status(output)
    }

    /// Returns whether nothing differs but for ignored files.
    pub fn is_clean(&self) -> bool {
        self.changes.iter().all(|change| matches!(change, Change::Ignored(_)))
    }
}

impl FromOutput for Status {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Self::parse(outcome.complete_stdout()?)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "## {}", self.branch)?;
        if let Some(upstream) = &self.branch.upstream {
            write!(f, "...{upstream}")?;
        }
        match (self.branch.ahead.unwrap_or(0), self.branch.behind.unwrap_or(0)) {
            (0, 0) => {}
            (ahead, 0) => write!(f, " [ahead {ahead}]")?,
            (0, behind) => write!(f, " [behind {behind}]")?,
            (ahead, behind) => write!(f, " [ahead {ahead}, behind {behind}]")?,
        }
        self.changes.iter().try_for_each(|change| write!(f, "\n{change}"))
    }
}

impl fmt::Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => name.fmt(f),
            None => f.pad("(detached)"),
        }
    }
}
