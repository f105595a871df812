//! Where a command's standard output and standard error go.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::path::PathBuf;

use super::OpenFile;

/// Where a command's standard output or standard error goes.
///
/// Files are opened before the command is started, and the command writes to them itself: nothing passes
/// through the parent. A relative path is taken from the parent's working directory, wherever the command
/// runs. A named pipe that nobody reads is refused, since opening it would wait for a reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stdio {
    /// Into the outcome, within the context's limit. See [`Capture`](super::Capture) for more.
    #[default]
    Capture,
    /// To the parent's own stream.
    Inherit,
    /// Nowhere.
    Null,
    /// Into the file at this path, which is emptied, or made if there is none.
    File(PathBuf),
    /// To the end of the file at this path, which is made if there is none.
    Append(PathBuf),
    /// Into this open file, at its offset.
    Open(OpenFile),
    /// To where the other one of the two goes. They share one pipe or file, so that what is written to both
    /// is in exactly the order in which it was written.
    Merged,
    /// To whoever takes it from the handle of a spawned command; the other verbs capture it.
    Piped,
}

impl Stdio {
    /// Returns the file at `path`, which is emptied. See [`Stdio::File`].
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::File(path.into())
    }

    /// Returns the end of the file at `path`. See [`Stdio::Append`].
    pub fn append(path: impl Into<PathBuf>) -> Self {
        Self::Append(path.into())
    }
}

impl From<File> for Stdio {
    fn from(file: File) -> Self {
        Self::Open(file.into())
    }
}

impl From<OwnedFd> for Stdio {
    fn from(fd: OwnedFd) -> Self {
        Self::Open(fd.into())
    }
}
