//! The pipes that the kernel is asked to make larger: those of the parent when much goes through them, and those
//! between stages, of which the parent sees nothing, from the start.
//!
//! A pipe holds 64 KiB at first. Where more than that comes, a larger one saves most of the switches between
//! the two processes. The pages of all pipes of a user are limited (pipe(7), `pipe-user-pages-soft`), and past
//! that limit new ones hold two pages only, so this process makes no more than some of its pipes larger.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use rustix::fs::OFlags;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::unix::pipe::{Receiver, Sender};

use super::streams;
use crate::backend::{ReadPipe, WritePipe};

/// What goes through a pipe before it is made larger: what it holds.
const FIRST: usize = 64 << 10;

/// How much a pipe that was made larger holds.
pub(super) const LARGE: usize = 256 << 10;

/// How many pipes of this process are larger at once: half of what a user may have by default.
const MOST: usize = 128;

static LARGER: AtomicUsize = AtomicUsize::new(0);

/// A part in the budget of larger pipes, given back when the pipe is closed.
#[derive(Debug)]
pub(super) struct Share;

impl Share {
    fn take() -> Option<Self> {
        let more = |taken| (taken < MOST).then_some(taken + 1);
        LARGER.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok().map(|_| Self)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        LARGER.fetch_sub(1, Ordering::Relaxed);
    }
}

/// An end of a pipe between two stages.
///
/// Its share of the budget is held by the parent's ends, and by the processes that have the others.
#[derive(Debug)]
pub(super) struct End {
    fd: OwnedFd,
    share: Option<Arc<Share>>,
}

impl End {
    pub(super) fn share(&self) -> Option<Arc<Share>> {
        self.share.clone()
    }
}

impl AsFd for End {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

impl AsRawFd for End {
    fn as_raw_fd(&self) -> RawFd {
        self.fd.as_raw_fd()
    }
}

/// Makes a pipe between two stages: the end that is read, and the end that is written.
pub(super) fn joint() -> io::Result<(End, End)> {
    let (reader, writer) = streams::pipe()?;
    // Whether it could be made larger or not, it works.
    let larger = |_: &Share| rustix::pipe::fcntl_setpipe_size(&reader, LARGE).is_ok();
    let share = Share::take().filter(larger).map(Arc::new);
    Ok((End { fd: reader, share: share.clone() }, End { fd: writer, share }))
}

/// How much went through a pipe, until it was tried to make it larger.
enum Size {
    Small(usize),
    Tried { _share: Option<Share> },
}

impl Size {
    fn count(&mut self, pipe: impl AsFd, bytes: usize) {
        let Self::Small(seen) = self else { return };
        *seen += bytes;
        if *seen > FIRST {
            // Whether it could be made larger or not, it works.
            let larger = |_: &Share| rustix::pipe::fcntl_setpipe_size(pipe, LARGE).is_ok();
            *self = Self::Tried { _share: Share::take().filter(larger) };
        }
    }
}

struct Reading {
    pipe: Receiver,
    size: Size,
}

struct Writing {
    pipe: Sender,
    size: Size,
}

/// Returns the end of a pipe that the parent reads, watched by the current runtime.
pub(super) fn reading(pipe: OwnedFd) -> io::Result<ReadPipe> {
    rustix::fs::fcntl_setfl(&pipe, OFlags::NONBLOCK)?;
    Ok(Box::new(Reading { pipe: Receiver::from_owned_fd_unchecked(pipe)?, size: Size::Small(0) }))
}

/// Returns the end of a pipe that the parent writes to, watched by the current runtime.
pub(super) fn writing(pipe: OwnedFd) -> io::Result<WritePipe> {
    rustix::fs::fcntl_setfl(&pipe, OFlags::NONBLOCK)?;
    Ok(Box::new(Writing { pipe: Sender::from_owned_fd_unchecked(pipe)?, size: Size::Small(0) }))
}

impl AsyncRead for Reading {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { pipe, size } = &mut *self;
        let before = buffer.filled().len();
        ready!(Pin::new(&mut *pipe).poll_read(context, buffer))?;
        size.count(&*pipe, buffer.filled().len() - before);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Writing {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Self { pipe, size } = &mut *self;
        let written = ready!(Pin::new(&mut *pipe).poll_write(context, bytes))?;
        size.count(&*pipe, written);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.pipe).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.pipe).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use tokio::io::AsyncReadExt as _;

    use super::*;

    async fn size_after(bytes: usize) -> usize {
        let (reader, writer) = std::io::pipe().unwrap();
        let same = reader.try_clone().unwrap();
        let mut reading = reading(OwnedFd::from(reader)).unwrap();
        let mut writer = writer;
        let writing = std::thread::spawn(move || writer.write_all(&vec![0; bytes]).unwrap());
        let mut read = vec![0; bytes];
        reading.read_exact(&mut read).await.unwrap();
        writing.join().unwrap();
        rustix::pipe::fcntl_getpipe_size(&same).unwrap()
    }

    /// Both tests use up the budget of this process.
    static BUDGET: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

    /// Takes the whole budget: what other tests of this process have of it, they give back.
    fn every_share() -> Vec<Share> {
        let mut shares = Vec::new();
        while shares.len() < MOST {
            shares.extend(Share::take());
            std::thread::yield_now();
        }
        assert!(Share::take().is_none());
        shares
    }

    #[tokio::test]
    async fn a_pipe_is_made_larger_only_when_it_is_worth_it() {
        let _budget = BUDGET.lock().await;
        let small = size_after(FIRST).await;
        assert!(small <= FIRST);
        let large = size_after(1 << 20).await;
        // A user who has used up the budget keeps the small one.
        assert!(large == LARGE || large == small, "{large}");
        let shares = every_share();
        assert_eq!(size_after(1 << 20).await, small);
        drop(shares);
        assert!(Share::take().is_some());
    }

    #[test]
    fn a_pipe_between_stages_is_large_as_long_as_the_budget_lasts_and_gives_its_share_back() {
        let _budget = BUDGET.blocking_lock();
        let size = |end: &End| rustix::pipe::fcntl_getpipe_size(end).unwrap();
        let (reader, writer) = joint().unwrap();
        // A user who has used up the kernel's budget keeps the small one, and then no share is taken.
        assert_eq!(reader.share.is_some(), size(&reader) == LARGE);
        let held = writer.share();
        drop((reader, writer));
        drop(held);
        let _shares = every_share();
        let (small, _writer) = joint().unwrap();
        assert!(small.share.is_none() && size(&small) < LARGE);
    }
}
