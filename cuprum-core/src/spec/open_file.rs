//! A file that the caller has opened, as a stream of commands.

use std::fs::File;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

/// A file, a pipe or another descriptor that the caller has opened, for a command to have as a stream.
///
/// Clones are the same open file: commands that are given it share its offset. It is closed with the last
/// clone, which is when the command has run, if the caller keeps none. Two are equal if they are clones.
#[derive(Clone, Debug)]
pub struct OpenFile(Arc<OwnedFd>);

impl AsFd for OpenFile {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl PartialEq for OpenFile {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for OpenFile {}

impl From<OwnedFd> for OpenFile {
    fn from(fd: OwnedFd) -> Self {
        Self(Arc::new(fd))
    }
}

impl From<File> for OpenFile {
    fn from(file: File) -> Self {
        Self::from(OwnedFd::from(file))
    }
}
