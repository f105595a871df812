//! A process held by its pidfd: waited for without reaping, signalled as a group, reaped last.

use std::io;
use std::os::fd::{AsFd as _, AsRawFd, OwnedFd, RawFd};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use rustix::process::{Pid, PidfdFlags, WaitId, WaitIdOptions, WaitIdStatus};
use tokio::io::unix::AsyncFd;

use super::pipes::Share;
use super::{clone, group};
use crate::backend::{Process, Reaped, Signal};
use crate::outcome::ExitStatus;

/// Why a child that was started cannot be waited for.
const SIGCHLD_IGNORED: &str = "the command ran, but its exit status is lost: this process ignores SIGCHLD, or waits for children of others";

/// What a process is held by.
const PIDFD: &str = "since the kernel or a filter gives no descriptor for it (`pidfd_open`, Linux 5.3)";

/// How many there are.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

/// A child that leads its own process group.
#[derive(Debug)]
pub(super) struct OsProcess {
    pid: Pid,
    /// Set when a runtime was told to watch the pidfd. It stands before that, so that it is dropped first.
    watched: Option<AsyncFd<Number>>,
    pidfd: OwnedFd,
    /// Whether it leads a group of its own; if not, signals are for it alone.
    own_group: bool,
    /// Somebody else of its group, who was found when it was last looked for.
    member: Option<i32>,
    /// Of the budget of large pipes, for those to the stages before and after it.
    shares: [Option<Arc<Share>>; 2],
    reaped: bool,
}

/// The number of a descriptor that somebody else keeps open: whatever becomes of the watching, the pidfd is there, so
/// that the process can be signalled and reaped.
#[derive(Debug)]
struct Number(RawFd);

impl AsRawFd for Number {
    fn as_raw_fd(&self) -> RawFd {
        self.0
    }
}

impl OsProcess {
    /// Takes over a child that leads its own group, with the descriptor that the kernel gave for it.
    pub(super) fn new(pid: u32, pidfd: OwnedFd, own_group: bool) -> io::Result<Self> {
        let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
        let pid = pid.ok_or_else(|| io::Error::other("the kernel gave an impossible process id"))?;
        Ok(Self::held(pid, pidfd, own_group))
    }

    fn held(pid: Pid, pidfd: OwnedFd, own_group: bool) -> Self {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        Self { pid, watched: None, pidfd, own_group, member: None, shares: [None, None], reaped: false }
    }

    /// Holds the shares of its pipes as long as it is there.
    pub(super) fn hold(&mut self, shares: [Option<Arc<Share>>; 2]) {
        self.shares = shares;
    }

    /// Returns how many processes of this program there are that have not been reaped.
    pub(super) fn alive() -> usize {
        ALIVE.load(Ordering::Relaxed)
    }

    /// Takes over a child that was just spawned in its own group.
    ///
    /// The child is not reaped yet, so its id still is its own when the pidfd is opened.
    pub(super) fn of(child: &Child, own_group: bool) -> io::Result<Self> {
        let pid = Pid::from_child(child);
        match rustix::process::pidfd_open(pid, PidfdFlags::empty()) {
            Ok(pidfd) => Ok(Self::held(pid, pidfd, own_group)),
            // The kernel reaped it already, so the id may be another's by now: nothing is sent to it.
            Err(rustix::io::Errno::SRCH) => Err(io::Error::other(SIGCHLD_IGNORED)),
            Err(error) => {
                // Without a pidfd nobody could wait for it: end the child before giving up.
                let _ = kill(pid, own_group, Signal::Kill);
                let _ = rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::empty());
                let error = io::Error::from(error);
                Err(io::Error::new(error.kind(), format!("it cannot be waited for, {PIDFD}: {error}")))
            }
        }
    }

    fn wait(&self, options: WaitIdOptions) -> io::Result<Option<WaitIdStatus>> {
        let options = options | WaitIdOptions::EXITED;
        loop {
            match rustix::process::waitid(WaitId::PidFd(self.pidfd.as_fd()), options) {
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::CHILD) => return Err(io::Error::other(SIGCHLD_IGNORED)),
                result => return Ok(result?),
            }
        }
    }

    /// Tells the current runtime to watch the pidfd, unless it does already.
    fn watched(&mut self) -> io::Result<&AsyncFd<Number>> {
        match &mut self.watched {
            Some(watched) => Ok(watched),
            none => {
                let number = Number(self.pidfd.as_raw_fd());
                #[expect(
                    deprecated,
                    reason = "the safe constructor is unsound only for types whose descriptor changes, or is closed before: the pidfd is dropped after it"
                )]
                let watched = AsyncFd::with_interest(number, tokio::io::Interest::READABLE)?;
                Ok(none.insert(watched))
            }
        }
    }
}

impl Process for OsProcess {
    fn pid(&self) -> u32 {
        self.pid.as_raw_nonzero().get().unsigned_abs()
    }

    fn poll_exit(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.watched.is_none() {
            // Asking once is cheaper than watching: after its last output a process is mostly gone.
            if self.reaped || self.wait(WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG)?.is_some() {
                return Poll::Ready(Ok(()));
            }
        }
        // A pidfd becomes readable when its process exits, and stays so (pidfd_open(2)).
        ready!(self.watched()?.poll_read_ready(context))?.retain_ready();
        Poll::Ready(Ok(()))
    }

    fn status(&self) -> io::Result<Option<ExitStatus>> {
        let status = self.wait(WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG)?;
        Ok(status.and_then(|status| match (status.exit_status(), status.terminating_signal()) {
            (Some(code), _) => Some(ExitStatus::Code(code)),
            (None, Some(signal)) => Some(ExitStatus::Signal(signal)),
            (None, None) => None,
        }))
    }

    fn signal(&self, signal: Signal) -> io::Result<()> {
        // It may be that somebody else reaped it, and then its id may be another's.
        let ours = || self.wait(WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT).is_ok();
        if self.reaped || !ours() { Ok(()) } else { kill(self.pid, self.own_group, signal) }
    }

    fn group_is_gone(&mut self) -> bool {
        !self.own_group || group::is_gone(self.pid.as_raw_nonzero().get(), &mut self.member)
    }

    fn reap(&mut self) -> io::Result<Reaped> {
        let reaped =
            clone::reap(self.pidfd.as_fd()).map_err(|error| {
                match rustix::io::Errno::from_io_error(&error) {
                    Some(rustix::io::Errno::CHILD) => io::Error::other(SIGCHLD_IGNORED),
                    _ => error,
                }
            })?;
        let reaped = reaped.ok_or_else(|| io::Error::other("the process has not exited"))?;
        self.reaped = true;
        self.shares = [None, None];
        Ok(reaped)
    }

    fn leave_runtime(&mut self) {
        self.watched = None;
    }
}

/// The last resort, for a process that nobody waits for any more: its group does not outlive it.
impl Drop for OsProcess {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::Relaxed);
        let ours = || self.wait(WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT).is_ok();
        if !self.reaped && ours() && kill(self.pid, self.own_group, Signal::Kill).is_ok() {
            let _ = self.wait(WaitIdOptions::empty());
        }
    }
}

fn kill(process: Pid, group: bool, signal: Signal) -> io::Result<()> {
    use nix::sys::signal::Signal as Number;
    let number = match signal {
        Signal::Term => Number::SIGTERM,
        Signal::Cont => Number::SIGCONT,
        Signal::Kill => Number::SIGKILL,
        Signal::Int => Number::SIGINT,
        Signal::Hup => Number::SIGHUP,
        Signal::Quit => Number::SIGQUIT,
        Signal::Usr1 => Number::SIGUSR1,
        Signal::Usr2 => Number::SIGUSR2,
        Signal::Stop => Number::SIGSTOP,
    };
    let pid = nix::unistd::Pid::from_raw(process.as_raw_nonzero().get());
    Ok(if group { nix::sys::signal::killpg(pid, number) } else { nix::sys::signal::kill(pid, number) }?)
}
