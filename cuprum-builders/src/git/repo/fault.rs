//! What an audit refuses a repository for.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a repository was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditError {
    pub(super) path: PathBuf,
    pub(super) kind: AuditFault,
}

/// What is wrong with a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuditFault {
    /// There is none.
    NoRepository,
    /// A file cannot be read.
    Unreadable(String),
    /// A file is a symbolic link, or of the wrong type.
    WrongType,
    /// It belongs to another user, who could change it after it was looked at.
    Owner,
    /// A line of a configuration file is not one that git writes.
    Line(usize),
    /// A variable is set that a new repository does not have.
    Variable(String),
    /// A variable that a new repository has is set to something that it does not have.
    Value(String),
    /// Objects lie elsewhere, attributes or addresses are set beside the configuration, or git is in the
    /// middle of a rebase, whose commands it would go on with, or of a bisection.
    Unexpected,
    /// A repository lies inside of the work tree: git would start itself in it, by its configuration.
    Inside,
}

impl AuditError {
    pub(super) fn none(dir: &Path) -> Self {
        Self { path: dir.to_owned(), kind: AuditFault::NoRepository }
    }

    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self { path: path.to_owned(), kind: AuditFault::Unreadable(error.to_string()) }
    }

    /// Returns the file or directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what is wrong with it.
    pub fn fault(&self) -> &AuditFault {
        &self.kind
    }
}

impl fmt::Display for AuditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: ", self.path)?;
        match &self.kind {
            AuditFault::NoRepository => f.write_str("there is no repository"),
            AuditFault::Unreadable(error) => write!(f, "cannot be read: {error}"),
            AuditFault::WrongType => f.write_str("a link, or no file of the type that git makes"),
            AuditFault::Owner => f.write_str("belongs to another user"),
            AuditFault::Line(line) => write!(f, "line {line} is not one that git writes"),
            AuditFault::Variable(name) => write!(f, "sets {name:?}, which an untrusted repository may not"),
            AuditFault::Value(name) => write!(f, "sets {name:?} to what an untrusted repository may not"),
            AuditFault::Unexpected => f.write_str("is not in a repository that git has just made"),
            AuditFault::Inside => f.write_str("a repository inside of the work tree"),
        }
    }
}

impl std::error::Error for AuditError {}
