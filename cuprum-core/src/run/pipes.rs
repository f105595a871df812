//! The pipes of a running command that its holder writes to and reads from.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _, ReadBuf};

use super::background;
use crate::backend::{ReadPipe, WritePipe};
use crate::error::{Cause, Error, ErrorKind, Result};
use crate::stream::{Cutter, Line, Source};

/// How much is read at once to be cut into lines.
const READ: usize = 64 << 10;

/// How long a line may be before it is cut into pieces.
const LONGEST: usize = 1 << 20;

/// The writing end of a running command's standard input. Taken from a [`Child`](super::Child).
///
/// It can be written to on any runtime and on none. When it is dropped the command sees the end of its
/// input. Writing to a command that has ended fails as [`io::ErrorKind::BrokenPipe`].
pub struct ChildStdin(WritePipe);

impl ChildStdin {
    pub(super) fn new(pipe: WritePipe) -> Self {
        Self(pipe)
    }

    /// Writes all of `bytes` on this thread, which blocks until the command has taken them or they fit into
    /// the pipe.
    ///
    /// # Errors
    ///
    /// What the kernel says; [`io::ErrorKind::BrokenPipe`] if the command reads no more.
    pub fn write_sync(&mut self, bytes: &[u8]) -> io::Result<()> {
        let bytes = bytes.to_vec();
        // The work needs the pipe for itself, and gives it back, unless it panics.
        let mut pipe = std::mem::replace(&mut self.0, Box::new(tokio::io::sink()));
        let written = background::block_on(async move {
            let result = pipe.write_all(&bytes).await;
            Ok((pipe, result))
        });
        match written {
            Ok((pipe, result)) => {
                self.0 = pipe;
                result
            }
            Err(error) => Err(io::Error::other(error)),
        }
    }
}

/// The reading end of a running command's standard output or error. Taken from a
/// [`Child`](super::Child).
///
/// It can be read on any runtime and on none; [`lines`](Self::lines) cuts it into lines. When it is dropped
/// the command is told so, by SIGPIPE, when it writes on.
pub struct ChildOutput {
    pub(super) pipe: ReadPipe,
    pub(super) stage: usize,
    pub(super) source: Source,
}

impl ChildOutput {
    /// Cuts what is read into lines, as [`Lines`](super::Lines) does.
    pub fn lines(self) -> ChildLines {
        let cutter = Some(Cutter::new(self.source, LONGEST).of_stage(self.stage));
        ChildLines { pipe: self.pipe, cutter, buffer: vec![0; READ].into(), ready: VecDeque::new() }
    }
}

/// The lines of one output of a running command. Made by [`ChildOutput::lines`].
///
/// It is a [`Stream`](futures_core::Stream). A reader that is slower than the command makes it wait. A line
/// of more than 1 MiB comes in pieces.
///
/// # Cancel safety
///
/// No line is lost when a future of [`next`](Self::next) is dropped.
pub struct ChildLines {
    pipe: ReadPipe,
    /// None when the stream has ended.
    cutter: Option<Cutter>,
    buffer: Box<[u8]>,
    ready: VecDeque<Line>,
}

impl ChildLines {
    /// Returns the next line; `None` at the end of the output.
    ///
    /// # Errors
    ///
    /// What the kernel says when it cannot read; that ends the lines.
    pub async fn next(&mut self) -> Option<io::Result<Line>> {
        std::future::poll_fn(|context| self.poll_line(context)).await
    }

    /// Reads the lines on this thread, which blocks until each of them has come.
    pub fn wait(self) -> WaitChildLines {
        WaitChildLines { lines: Some(self) }
    }

    fn poll_line(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Line>>> {
        loop {
            if let Some(line) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(line)));
            }
            let Some(cutter) = &mut self.cutter else { return Poll::Ready(None) };
            let mut buffer = ReadBuf::new(&mut self.buffer);
            let read = ready!(Pin::new(&mut self.pipe).poll_read(context, &mut buffer));
            match (read, buffer.filled()) {
                (Err(error), _) => {
                    self.cutter = None;
                    return Poll::Ready(Some(Err(error)));
                }
                (Ok(()), []) => {
                    cutter.finish(&mut |line| self.ready.push_back(line.into()));
                    self.cutter = None;
                }
                (Ok(()), chunk) => {
                    cutter.push(chunk, &mut |line| self.ready.push_back(line.into()));
                }
            }
        }
    }
}

/// The lines of one output, for a thread that waits for each. Made by [`ChildLines::wait`].
#[derive(Debug)]
pub struct WaitChildLines {
    lines: Option<ChildLines>,
}

impl Iterator for WaitChildLines {
    type Item = Result<Line>;

    fn next(&mut self) -> Option<Result<Line>> {
        let mut lines = self.lines.take()?;
        if let Some(line) = lines.ready.pop_front() {
            self.lines = Some(lines);
            return Some(Ok(line));
        }
        let next = background::block_on(async move {
            let next = lines.next().await;
            Ok((lines, next))
        });
        match next {
            Ok((lines, Some(Ok(line)))) => {
                self.lines = Some(lines);
                Some(Ok(line))
            }
            Ok((_, Some(Err(error)))) => {
                Some(Err(Error::new(ErrorKind::Io, "", String::new(), Cause::Io(error))))
            }
            Ok((_, None)) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

impl futures_core::Stream for ChildLines {
    type Item = io::Result<Line>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Line>>> {
        self.poll_line(context)
    }
}

impl AsyncRead for ChildOutput {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.pipe).poll_read(context, buffer)
    }
}

impl AsyncWrite for ChildStdin {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

impl fmt::Debug for ChildStdin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChildStdin").finish_non_exhaustive()
    }
}

impl fmt::Debug for ChildOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChildOutput").field("source", &self.source).finish_non_exhaustive()
    }
}

impl fmt::Debug for ChildLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChildLines").field("ended", &self.cutter.is_none()).finish_non_exhaustive()
    }
}
