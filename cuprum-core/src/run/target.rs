//! A running process that several may signal while one waits for it.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use crate::backend::{Process, Reaped, Signal};
use crate::outcome::ExitStatus;

/// A process that several may signal while one waits for it. Clones are the same process.
///
/// It is reaped under the lock that signals are sent under, and is gone from then on: no signal can reach
/// whoever gets its id next.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pid: u32,
    process: Arc<Mutex<Option<Box<dyn Process>>>>,
}

impl Target {
    pub(super) fn new(process: Box<dyn Process>) -> Self {
        Self { pid: process.pid(), process: Arc::new(Mutex::new(Some(process))) }
    }

    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    /// Sends a signal to the group. When the process is gone, that does nothing.
    pub(super) fn signal(&self, signal: Signal) -> io::Result<()> {
        self.lock().as_ref().map_or(Ok(()), |process| process.signal(signal))
    }

    /// Waits until the process has exited, or is gone.
    pub(super) fn poll_exit(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.lock().as_mut().map_or(Poll::Ready(Ok(())), |process| process.poll_exit(context))
    }

    /// Returns how the process ended, while it is a zombie.
    pub(super) fn status(&self) -> io::Result<Option<ExitStatus>> {
        self.lock().as_ref().map_or(Ok(None), |process| process.status())
    }

    /// Returns whether nobody is left of the group of a process that has exited.
    pub(super) fn group_is_gone(&self) -> bool {
        self.lock().as_mut().is_none_or(|process| process.group_is_gone())
    }

    /// Leaves the runtime that polled the process so far.
    pub(super) fn leave_runtime(&mut self) {
        if let Some(process) = &mut *self.lock() {
            process.leave_runtime();
        }
    }

    /// Takes what is known of the process, which has exited, and lets it be gone.
    pub(super) fn reap(&self) -> io::Result<Reaped> {
        match self.lock().take() {
            Some(mut process) => process.reap(),
            None => Err(io::Error::other("the process was reaped already")),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Box<dyn Process>>> {
        // A panic of a backend leaves its process as it was.
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
