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
    /// Into a file that takes the place of the one at this path when the run succeeds, and is gone otherwise: nobody
    /// ever sees half of it.
    ///
    /// It is made beside that file, under a name that begins with `.cuprum-`, before the command is started, and
    /// renamed when the command, or the whole pipeline, has ended and not failed, also where the verb is told of no
    /// failure; else, and when the run is stopped or dropped, it is removed. The old file may be what the command
    /// reads. A link is followed. The new file has the old one's permissions, and its owner and group if this process
    /// may set them; not its other links, ACLs and attributes. Only a regular file can be replaced, and only one that
    /// may be written.
    ///
    /// Nothing waits for the disk (fsync(2)): after a power failure it may be the old file, the new one, or on some
    /// file systems an empty one. If this process ends before the run, the temporary file
    /// stays.
    Atomic(PathBuf),
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

    /// Returns the file at `path`, which is replaced as a whole when the run succeeds. See [`Stdio::Atomic`].
    pub fn atomic(path: impl Into<PathBuf>) -> Self {
        Self::Atomic(path.into())
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
