//! What a run holds of the scripted machine: processes and pauses.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::faults::Call;
use super::kernel::{Due, State};
use super::{Lab, executor, pump};
use crate::backend::{Process, Reaped, Signal};
use crate::outcome::ExitStatus;

/// A scripted process, as a run holds it.
#[derive(Debug)]
pub(super) struct LabProcess {
    lab: Lab,
    pid: u32,
    reaped: bool,
}

impl LabProcess {
    pub(super) fn new(lab: Lab, pid: u32) -> Self {
        Self { lab, pid, reaped: false }
    }
}

impl Process for LabProcess {
    fn pid(&self) -> u32 {
        self.pid
    }

    fn poll_exit(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut world = self.lab.world();
        let first = world.kernel.processes.get(&self.pid).is_some_and(|process| process.waiter.is_none());
        if first {
            world.io_fault(Call::Exit, self.pid)?;
        }
        ready!(pump::or_wait(&self.lab, world, |kernel| kernel.host_waits(self.pid, context)));
        let world = self.lab.world();
        match world.kernel.processes.get(&self.pid) {
            Some(process) if process.overdue => Poll::Ready(Err(io::Error::other(format!(
                "the lab stopped it: its script had not ended after {:?} of the lab's time",
                world.setup.limit
            )))),
            _ => Poll::Ready(Ok(())),
        }
    }

    fn status(&self) -> io::Result<Option<ExitStatus>> {
        Ok(self.lab.world().kernel.processes.get(&self.pid).and_then(|process| match process.state {
            State::Alive => None,
            State::Zombie(status) => Some(status),
        }))
    }

    fn signal(&self, signal: Signal) -> io::Result<()> {
        if self.reaped {
            return Ok(());
        }
        let mut world = self.lab.world();
        world.activity += 1;
        if let Some(ran) = world.ran.iter_mut().rfind(|ran| ran.pid == self.pid) {
            ran.signals.push(signal);
        }
        if signal != Signal::Kill {
            world.io_fault(Call::Signal, self.pid)?;
        }
        const ESRCH: i32 = 3;
        if world.kernel.signal(self.pid, signal) { Ok(()) } else { Err(io::Error::from_raw_os_error(ESRCH)) }
    }

    fn group_is_gone(&mut self) -> bool {
        self.lab.world().kernel.is_gone(self.pid)
    }

    fn reap(&mut self) -> io::Result<Reaped> {
        let mut world = self.lab.world();
        world.activity += 1;
        world.io_fault(Call::Reap, self.pid)?;
        let input =
            world.kernel.processes.get_mut(&self.pid).map(|process| std::mem::take(&mut process.input));
        let status = world.kernel.reap(self.pid);
        let status = status.ok_or_else(|| io::Error::other("the process has not exited"))?;
        let now = world.kernel.now;
        if let Some(ran) = world.ran.iter_mut().rfind(|ran| ran.pid == self.pid) {
            (ran.ended, ran.status, ran.input) = (Some(now), Some(status), input.unwrap_or_default());
        }
        self.reaped = true;
        Ok(Reaped::new(status))
    }

    fn leave_runtime(&mut self) {
        let mut world = self.lab.world();
        if let Some(process) = world.kernel.processes.get_mut(&self.pid) {
            let old = process.waiter.take();
            world.kernel.trash.extend(old);
        }
    }
}

/// As the real one: a process that nobody waits for any more does not live on.
impl Drop for LabProcess {
    fn drop(&mut self) {
        if !self.reaped {
            let mut world = self.lab.world();
            world.activity += 1;
            let end = world.kernel.processes.get(&self.pid).map(|process| process.state);
            let (now, pid) = (world.kernel.now, self.pid);
            world.kernel.abandon(pid);
            if let Some(ran) = world.ran.iter_mut().rfind(|ran| ran.pid == pid) {
                ran.ended = Some(now);
                ran.status = match end {
                    Some(State::Zombie(status)) => Some(status),
                    _ => Some(ExitStatus::Signal(9)),
                };
            }
        }
    }
}

/// A pause on the lab's clock.
pub(super) struct LabSleep {
    lab: Lab,
    until: Duration,
    due: Option<Due>,
}

impl LabSleep {
    pub(super) fn new(lab: Lab, until: Duration) -> Self {
        Self { lab, until, due: None }
    }
}

impl Future for LabSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Self { lab, until, due } = &mut *self;
        if !executor::is_running(lab) && tokio::runtime::Handle::try_current().is_err() {
            // Nobody else is there to let the time go on.
            while lab.world().kernel.now < *until {
                let mut world = lab.world();
                if due.is_none() {
                    *due = Some(world.kernel.wake_at(*until, std::task::Waker::noop().clone()));
                }
                world.kernel.go_on();
            }
            return Poll::Ready(());
        }
        let mut world = lab.world();
        world.activity += u64::from(due.is_none());
        let forgotten = due.take().is_some_and(|due| world.kernel.forget(due));
        world.activity += u64::from(forgotten && world.kernel.now >= *until);
        pump::or_wait(lab, world, |kernel| {
            if kernel.now >= *until {
                return Poll::Ready(());
            }
            *due = Some(kernel.wake_at(*until, context.waker().clone()));
            Poll::Pending
        })
    }
}

impl Drop for LabSleep {
    fn drop(&mut self) {
        if let Some(due) = self.due.take() {
            self.lab.world().kernel.forget(due);
        }
    }
}

impl fmt::Debug for LabSleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LabSleep").field(&self.until).finish()
    }
}
