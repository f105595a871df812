//! Whether a child begins with a table of descriptors of its own, and what it opens there.
//!
//! A new process gets a copy of its parent's table, and `execve` closes what is in it: some 90 ns for each
//! descriptor that the parent has open, a millisecond for ten thousand. A child that shares the table and then
//! asks for one of its own without what lies above 2 (`CLOSE_RANGE_UNSHARE`, close_range(2)) is spared that.
//! It does not have the streams that its parent has opened for it; it opens them by their names below `/proc`
//! (proc_pid_fd(5)). For a pipe that is as good. A file has a position and flags, which would not be the same, so
//! where one of the streams is a file the table is copied.

use std::ffi::{CStr, CString};
use std::os::fd::{AsRawFd as _, BorrowedFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

use rustix::fs::OFlags;

use super::request::{Fault, Source};
use super::streams::{ChildEnd, ChildEnds};
use crate::backend::Step;

/// From so many descriptors on, a copy takes longer than to open three streams.
const MANY: RawFd = 256;

/// The number of a descriptor that was opened lately. It was the lowest that was free, so at least as many were
/// open.
static LATELY: AtomicI32 = AtomicI32::new(0);

/// Whether a child could not have a table of its own, or not its streams in it. It will be so again.
static REFUSED: AtomicBool = AtomicBool::new(false);

/// Notes a descriptor that has just been opened.
pub(super) fn note(fd: &OwnedFd) {
    LATELY.store(fd.as_raw_fd(), Ordering::Relaxed);
}

/// Returns whether a child with a table of its own failed because of that; the next ones get a copy then.
pub(super) fn is_refusal(fault: Fault) -> bool {
    let is_refusal = fault.step == Step::Descriptors;
    if is_refusal {
        REFUSED.store(true, Ordering::Relaxed);
    }
    is_refusal
}

/// What a child opens for itself.
pub(super) struct Paths([Option<(CString, OFlags)>; 3]);

impl Paths {
    pub(super) fn streams(&self) -> [Source<'_>; 3] {
        let Self(paths) = self;
        paths.each_ref().map(|path| match path {
            Some((path, flags)) => Source::Path(path, *flags),
            None => Source::Inherit,
        })
    }
}

/// Returns what the child opens in a table of its own, if it is better off with one.
pub(super) fn own(ChildEnds([stdin, stdout, stderr]): &ChildEnds) -> Option<Paths> {
    let pipes = [stdin, stdout, stderr].into_iter().filter_map(pipe);
    let open = pipes.map(|pipe| pipe.as_raw_fd()).chain([LATELY.load(Ordering::Relaxed)]).max();
    if open.is_none_or(|open| open < MANY) || REFUSED.load(Ordering::Relaxed) {
        return None;
    }
    paths([(stdin, OFlags::RDONLY), (stdout, OFlags::WRONLY), (stderr, OFlags::WRONLY)])
}

fn paths(ends: [(&ChildEnd, OFlags); 3]) -> Option<Paths> {
    const NULL: &CStr = c"/dev/null";
    // Asked each time, and on the thread that starts the child: this process has another number after a fork, and
    // in the `/proc` of another namespace.
    let process = std::fs::read_link("/proc/self").ok()?;
    let mut paths = [const { None }; 3];
    for (path, (end, flags)) in paths.iter_mut().zip(ends) {
        *path = match end {
            ChildEnd::Inherit => None,
            ChildEnd::Null(_) => Some((NULL.to_owned(), OFlags::RDWR)),
            ChildEnd::File(_) => return None,
            ChildEnd::Pipe(_) | ChildEnd::Joint(_) => {
                let name = format!("/proc/{}/fd/{}", process.display(), pipe(end)?.as_raw_fd());
                Some((CString::new(name).ok()?, flags))
            }
        };
    }
    Some(Paths(paths))
}

fn pipe(end: &ChildEnd) -> Option<BorrowedFd<'_>> {
    end.fd().filter(|_| matches!(end, ChildEnd::Pipe(_) | ChildEnd::Joint(_)))
}
