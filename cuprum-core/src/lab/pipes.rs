//! The ends of pipes that a run holds.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::faults::Call;
use super::{Lab, pump};
use crate::backend::Edge;

/// The host's end of a pipe.
pub(super) struct Host {
    lab: Lab,
    pid: u32,
    pipe: u64,
}

impl Host {
    pub(super) fn new(lab: Lab, pid: u32, pipe: u64) -> Self {
        Self { lab, pid, pipe }
    }

    pub(super) fn reading(self) -> Reading {
        Reading(self)
    }

    pub(super) fn writing(self) -> Writing {
        Writing(Some(self))
    }

    fn close(&self, reading: bool) {
        let mut world = self.lab.world();
        world.activity += 1;
        world.kernel.host_closes(self.pipe, reading);
    }
}

pub(super) struct Reading(Host);

impl AsyncRead for Reading {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Host { lab, pid, pipe } = &self.0;
        let mut world = lab.world();
        world.io_fault(Call::Read, *pid)?;
        let room = buffer.remaining();
        ready!(pump::or_wait(lab, world, |kernel| {
            kernel.host_reads(*pipe, room, context, |bytes| buffer.put_slice(bytes))
        }));
        Poll::Ready(Ok(()))
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.0.close(true);
    }
}

pub(super) struct Writing(Option<Host>);

impl AsyncWrite for Writing {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let Some(Host { lab, pid, pipe }) = &self.0 else {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        };
        let mut world = lab.world();
        world.io_fault(Call::Write, *pid)?;
        pump::or_wait(lab, world, |kernel| kernel.host_writes(*pipe, bytes, context))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// As with a real pipe of Tokio, this does nothing: the end is closed when it is dropped.
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if let Some(host) = self.0.take() {
            host.close(false);
        }
    }
}

/// An end of a pipe between two scripted processes.
pub(super) struct JointEnd {
    lab: Lab,
    pipe: u64,
    reading: bool,
}

impl JointEnd {
    pub(super) fn new(lab: Lab, pipe: u64, reading: bool) -> Self {
        Self { lab, pipe, reading }
    }

    /// Returns the pipe, if it is one of this lab.
    pub(super) fn pipe_in(&self, lab: &Lab) -> Option<u64> {
        Arc::ptr_eq(self.lab.shared(), lab.shared()).then_some(self.pipe)
    }
}

impl Drop for JointEnd {
    fn drop(&mut self) {
        self.lab.world().kernel.host_closes(self.pipe, self.reading);
    }
}

/// The host's ends of the two pipes between two scripted processes.
pub(super) struct LabEdge {
    lab: Lab,
    from: u64,
    to: u64,
}

impl LabEdge {
    pub(super) fn new(lab: Lab, from: u64, to: u64) -> Self {
        Self { lab, from, to }
    }
}

impl Edge for LabEdge {
    fn poll_move(&self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let mut world = self.lab.world();
        world.io_fault(Call::Write, 0)?;
        pump::or_wait(&self.lab, world, |kernel| kernel.host_moves(self.from, self.to, context))
    }

    fn poll_read(&self, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let mut world = self.lab.world();
        world.io_fault(Call::Read, 0)?;
        let room = buffer.remaining();
        ready!(pump::or_wait(&self.lab, world, |kernel| {
            kernel.host_reads(self.from, room, context, |bytes| buffer.put_slice(bytes))
        }));
        Poll::Ready(Ok(()))
    }

    fn poll_pass(&self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut world = self.lab.world();
        world.io_fault(Call::Write, 0)?;
        pump::or_wait(&self.lab, world, |kernel| kernel.host_writes(self.to, bytes, context))
    }

    fn broken(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(std::future::poll_fn(|context| {
            pump::or_wait(&self.lab, self.lab.world(), |kernel| kernel.host_breaks(self.to, context))
        }))
    }
}

impl Drop for LabEdge {
    fn drop(&mut self) {
        let mut world = self.lab.world();
        world.activity += 1;
        world.kernel.host_closes(self.from, true);
        world.kernel.host_closes(self.to, false);
    }
}
