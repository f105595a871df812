//! What stands for a stage that could not be started, where the other stages run all the same.

use std::io;
use std::task::{Context, Poll};

use crate::backend::{Process, Reaped, Signal};
use crate::outcome::ExitStatus;

/// A process that never was: it has exited already, with the status that a shell gives such a command.
#[derive(Debug)]
pub(super) struct Ghost(pub(super) i32);

impl Process for Ghost {
    fn pid(&self) -> u32 {
        0
    }

    fn poll_exit(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn status(&self) -> io::Result<Option<ExitStatus>> {
        Ok(Some(ExitStatus::Code(self.0)))
    }

    fn signal(&self, _: Signal) -> io::Result<()> {
        Ok(())
    }

    fn group_is_gone(&mut self) -> bool {
        true
    }

    fn reap(&mut self) -> io::Result<Reaped> {
        Ok(Reaped::new(ExitStatus::Code(self.0)))
    }

    fn leave_runtime(&mut self) {}
}
