//! The parent's ends of two pipes, between which it moves what it must see.

use std::future::Future;
use std::io;
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use rustix::fs::OFlags;
use rustix::io::Errno;
use rustix::pipe::SpliceFlags;
use tokio::io::unix::AsyncFd;
use tokio::io::{Interest, ReadBuf};

use super::pipes::{self, End};
use super::streams;
use crate::backend::{Edge, Joint, Observed, Passing};

/// How much is moved at once: what a pipe of ours holds.
const MOST: usize = pipes::LARGE;

const FLAGS: SpliceFlags = SpliceFlags::NONBLOCK.union(SpliceFlags::MOVE);

/// Makes the two pipes; the current runtime watches the parent's ends.
pub(super) fn edge(passing: Passing) -> io::Result<Observed> {
    let (from, writer) = pipes::joint()?;
    let (reader, to) = pipes::joint()?;
    let duplicate = match passing {
        Passing::Tee => Some(streams::pipe()?),
        Passing::Splice | Passing::Copy => None,
    };
    let (from, to) = (watched(from, Interest::READABLE)?, watched(to, Interest::WRITABLE)?);
    let edge = Box::new(OsEdge { from, to, duplicate });
    Ok(Observed { writer: Joint::new(writer), reader: Joint::new(reader), edge })
}

/// The children's ends have flags of their own, and still wait.
fn watched(end: End, interest: Interest) -> io::Result<AsyncFd<End>> {
    rustix::fs::fcntl_setfl(&end, OFlags::NONBLOCK)?;
    #[expect(
        deprecated,
        reason = "the safe constructor is unsound only for types whose descriptor changes; an End's never does"
    )]
    AsyncFd::with_interest(end, interest)
}

struct OsEdge {
    from: AsyncFd<End>,
    to: AsyncFd<End>,
    /// A pipe of the parent's own, which holds what was duplicated until it is read, and is empty otherwise.
    duplicate: Option<(OwnedFd, OwnedFd)>,
}

impl OsEdge {
    fn from(&self) -> BorrowedFd<'_> {
        self.from.get_ref().as_fd()
    }

    fn to(&self) -> BorrowedFd<'_> {
        self.to.get_ref().as_fd()
    }

    /// Moves at most so much from the first pipe to the second.
    ///
    /// `EAGAIN` does not say which of the two blocks (splice(2)), and waiting for the wrong one would be for ever.
    /// Nobody else reads the first pipe: so if it held something before the call, the second one is full.
    fn poll_splice(&self, context: &mut Context<'_>, most: usize) -> Poll<io::Result<usize>> {
        let mut holds = false;
        loop {
            // What is cleared below is what was known before the call: news that come meanwhile stay.
            let mut readable = ready!(self.from.poll_read_ready(context))?;
            let mut writable = ready!(self.to.poll_write_ready(context))?;
            match rustix::pipe::splice(self.from(), None, self.to(), None, most, FLAGS) {
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) if holds => writable.clear_ready(),
                Err(Errno::AGAIN) => match rustix::io::ioctl_fionread(self.from())? {
                    0 => readable.clear_ready(),
                    _ => holds = true,
                },
                result => return Poll::Ready(Ok(result?)),
            }
        }
    }

    /// Reads from the first pipe into the buffer by `read`, when there is something.
    fn poll_from(
        &self,
        context: &mut Context<'_>,
        mut read: impl FnMut() -> rustix::io::Result<()>,
    ) -> Poll<io::Result<()>> {
        loop {
            let mut readable = ready!(self.from.poll_read_ready(context))?;
            match read() {
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => readable.clear_ready(),
                result => return Poll::Ready(Ok(result?)),
            }
        }
    }
}

impl Edge for OsEdge {
    fn poll_move(&self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        self.poll_splice(context, MOST)
    }

    fn poll_read(&self, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.poll_from(context, || match &self.duplicate {
            None => {
                let read = rustix::io::read(self.from(), buffer.initialize_unfilled())?;
                buffer.advance(read);
                Ok(())
            }
            Some((reader, writer)) => {
                let most = buffer.remaining().min(MOST);
                let left = rustix::pipe::tee(self.from(), writer, most, SpliceFlags::NONBLOCK)?;
                read_all(reader, left, buffer)
            }
        })
    }

    fn poll_pass(&self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.duplicate.is_some() {
            // They are in the first pipe still.
            return self.poll_splice(context, bytes.len());
        }
        loop {
            let mut writable = ready!(self.to.poll_write_ready(context))?;
            match rustix::io::write(self.to(), bytes) {
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => writable.clear_ready(),
                result => return Poll::Ready(Ok(result?)),
            }
        }
    }

    fn broken(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async {
            // A pipe without readers is in error, for whoever writes to it (poll(2)). Where a runtime that ends
            // cannot tell any more, whoever moves or passes on hears of it.
            if self.to.ready(Interest::ERROR).await.is_err() {
                std::future::pending().await
            }
        })
    }
}

/// Reads all that a pipe holds, which is so much.
fn read_all(pipe: &OwnedFd, mut left: usize, buffer: &mut ReadBuf<'_>) -> rustix::io::Result<()> {
    while left > 0 {
        match rustix::io::read(pipe, buffer.initialize_unfilled_to(left)) {
            Ok(0) => return Err(Errno::IO),
            Ok(read) => {
                buffer.advance(read);
                left -= read;
            }
            Err(Errno::INTR) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::future::poll_fn;
    use std::io::{Read as _, Write as _};

    use super::*;

    const WAYS: [Passing; 3] = [Passing::Splice, Passing::Tee, Passing::Copy];

    fn file(joint: &Joint) -> File {
        File::from(joint.get::<End>().unwrap().as_fd().try_clone_to_owned().unwrap())
    }

    /// Moves everything to its end; returns how much there was.
    async fn all(edge: &dyn Edge, passing: Passing) -> io::Result<usize> {
        let (mut total, mut memory) = (0, vec![0; 5000]);
        loop {
            let moved = if passing == Passing::Splice {
                poll_fn(|context| edge.poll_move(context)).await?
            } else {
                let mut buffer = ReadBuf::new(&mut memory);
                poll_fn(|context| edge.poll_read(context, &mut buffer)).await?;
                let mut rest = buffer.filled();
                while !rest.is_empty() {
                    let passed = poll_fn(|context| edge.poll_pass(context, rest)).await?;
                    rest = &rest[passed..];
                }
                buffer.filled().len()
            };
            if moved == 0 {
                return Ok(total);
            }
            total += moved;
        }
    }

    /// Both pipes are empty and full in turn, in all combinations, and nothing waits for the wrong one.
    #[tokio::test]
    async fn a_slow_writer_and_a_slow_reader_hold_nothing_up_for_ever() {
        const PIECES: [usize; 6] = [1, 70_000, 3, 4096, 300_000, 17];
        for passing in WAYS {
            let Observed { writer, reader, edge } = edge(passing).unwrap();
            let (mut input, mut output) = (file(&writer), file(&reader));
            drop((writer, reader));
            let writing = std::thread::spawn(move || {
                for round in 0..12 {
                    for (at, piece) in PIECES.iter().enumerate() {
                        input.write_all(&vec![round * 16 + u8::try_from(at).unwrap(); *piece]).unwrap();
                        std::thread::yield_now();
                    }
                }
            });
            let reading = std::thread::spawn(move || {
                let (mut seen, mut piece) = (Vec::new(), vec![0; 90_000]);
                for at in 0.. {
                    let most = if at % 3 == 0 { 7 } else { piece.len() };
                    let read = output.read(&mut piece[..most]).unwrap();
                    if read == 0 {
                        break;
                    }
                    seen.extend_from_slice(&piece[..read]);
                    std::thread::yield_now();
                }
                seen
            });
            let total = all(&*edge, passing).await.unwrap();
            drop(edge);
            writing.join().unwrap();
            let seen = reading.join().unwrap();
            assert_eq!((total, seen.len()), (12 * PIECES.iter().sum::<usize>(), total), "{passing:?}");
            let mut rest = &seen[..];
            for (round, (at, piece)) in
                (0..12).flat_map(|round| PIECES.iter().enumerate().map(move |it| (round, it)))
            {
                let (own, others) = rest.split_at(*piece);
                assert!(own.iter().all(|byte| usize::from(*byte) == round * 16 + at), "{passing:?}");
                rest = others;
            }
        }
    }

    #[tokio::test]
    async fn a_reader_that_goes_is_noticed_though_nobody_writes() {
        for passing in WAYS {
            let Observed { writer, reader, edge } = edge(passing).unwrap();
            drop(reader);
            edge.broken().await;
            // As a pipe whose reader is gone: the parent's end is still there until it is dropped.
            file(&writer).write_all(b"x").unwrap();
            let failed = all(&*edge, passing).await.unwrap_err();
            assert_eq!(failed.kind(), io::ErrorKind::BrokenPipe, "{passing:?}");
            drop(edge);
            let failed = file(&writer).write_all(b"x").unwrap_err();
            assert_eq!(failed.kind(), io::ErrorKind::BrokenPipe, "{passing:?}");
        }
    }
}
