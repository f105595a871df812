//! One file that differs from the last commit, and how.

use std::fmt;

use super::super::ObjectId;
use crate::output::RawPath;

/// One file that differs from the last commit, shown as a line of `git status --short`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// A tracked file was added, changed or deleted.
    Tracked(Tracked),
    /// A tracked file was renamed or copied.
    Moved(Moved),
    /// A merge left the file with more than one version.
    Unmerged(Unmerged),
    /// Git does not know the file; a directory ends with `/`.
    Untracked(RawPath),
    /// Git is told to ignore the file; a directory ends with `/`.
    Ignored(RawPath),
}

/// A tracked file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracked {
    /// How the index differs from the last commit.
    pub index: State,
    /// How the work tree differs from the index.
    pub worktree: State,
    /// What differs inside, if it is a submodule.
    pub submodule: Option<Submodule>,
    /// The file in the last commit.
    pub head: FileVersion,
    /// The file in the index.
    pub staged: FileVersion,
    /// The mode of the file in the work tree; 0 if it is not there.
    pub worktree_mode: u32,
    /// Where it is, from the top of the work tree.
    pub path: RawPath,
}

/// A tracked file that got a new name. [`file`](Self::file) is about the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The file under its new name.
    pub file: Tracked,
    /// Whether the old file is still there.
    pub copied: bool,
    /// How much of the content is the same, in percent.
    pub score: u8,
    /// The old name.
    pub origin: RawPath,
}

/// A file of which a merge left more than one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmerged {
    /// What the two sides did.
    pub conflict: Conflict,
    /// What differs inside, if it is a submodule.
    pub submodule: Option<Submodule>,
    /// The version that both sides began with.
    pub base: FileVersion,
    /// The version of the branch that is checked out.
    pub ours: FileVersion,
    /// The version of the branch that is merged.
    pub theirs: FileVersion,
    /// The mode of the file in the work tree; 0 if it is not there.
    pub worktree_mode: u32,
    /// Where it is, from the top of the work tree.
    pub path: RawPath,
}

/// A file as git stores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileVersion {
    /// The mode, `0o100644` for example; 0 if there is no such version.
    pub mode: u32,
    /// The id of the content; `None` if there is no such version, or it is not stored yet.
    pub id: Option<ObjectId>,
}

/// How one version of a file differs from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// It does not.
    Unmodified,
    /// Its content or its mode.
    Modified,
    /// It became a file of another type, a symbolic link for example.
    TypeChanged,
    /// It is new.
    Added,
    /// It is gone.
    Deleted,
    /// It has a new name.
    Renamed,
    /// It is a copy.
    Copied,
}

/// What the two sides of a merge did to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conflict {
    /// Both deleted it.
    BothDeleted,
    /// We added it.
    AddedByUs,
    /// They deleted it, we changed it.
    DeletedByThem,
    /// They added it.
    AddedByThem,
    /// We deleted it, they changed it.
    DeletedByUs,
    /// Both added it.
    BothAdded,
    /// Both changed it.
    BothModified,
}

/// What differs inside a submodule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Submodule {
    /// Another commit is checked out in it.
    pub new_commit: bool,
    /// Tracked files in it differ.
    pub modified: bool,
    /// There are untracked files in it.
    pub untracked: bool,
}

impl Change {
    /// Returns where the file is, from the top of the work tree.
    pub fn path(&self) -> &RawPath {
        match self {
            Self::Tracked(file) => &file.path,
            Self::Moved(moved) => &moved.file.path,
            Self::Unmerged(unmerged) => &unmerged.path,
            Self::Untracked(path) | Self::Ignored(path) => path,
        }
    }
}

impl State {
    pub(super) fn read(letter: u8) -> Option<Self> {
        Some(match letter {
            b'.' => Self::Unmodified,
            b'M' => Self::Modified,
            b'T' => Self::TypeChanged,
            b'A' => Self::Added,
            b'D' => Self::Deleted,
            b'R' => Self::Renamed,
            b'C' => Self::Copied,
            _ => return None,
        })
    }

    fn letter(self) -> char {
        match self {
            Self::Unmodified => ' ',
            Self::Modified => 'M',
            Self::TypeChanged => 'T',
            Self::Added => 'A',
            Self::Deleted => 'D',
            Self::Renamed => 'R',
            Self::Copied => 'C',
        }
    }
}

impl Conflict {
    const ALL: [(Self, &'static str); 7] = [
        (Self::BothDeleted, "DD"),
        (Self::AddedByUs, "AU"),
        (Self::DeletedByThem, "UD"),
        (Self::AddedByThem, "UA"),
        (Self::DeletedByUs, "DU"),
        (Self::BothAdded, "AA"),
        (Self::BothModified, "UU"),
    ];

    pub(super) fn read(letters: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| name.as_bytes() == letters).map(|(conflict, _)| conflict)
    }

    fn letters(self) -> &'static str {
        Self::ALL.into_iter().find(|(conflict, _)| *conflict == self).map_or("UU", |(_, name)| name)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tracked(file) => write!(f, "{file}"),
            Self::Moved(moved) => {
                let (index, worktree) = (moved.file.index.letter(), moved.file.worktree.letter());
                write!(f, "{index}{worktree} {} -> {}", moved.origin, moved.file.path)
            }
            Self::Unmerged(unmerged) => write!(f, "{} {}", unmerged.conflict.letters(), unmerged.path),
            Self::Untracked(path) => write!(f, "?? {path}"),
            Self::Ignored(path) => write!(f, "!! {path}"),
        }
    }
}

impl fmt::Display for Tracked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{} {}", self.index.letter(), self.worktree.letter(), self.path)
    }
}
