//! A started process and its streams.

use std::any::Any;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite};

use crate::outcome::{CpuTimes, ExitStatus};

/// The parent's end of a child's output.
pub type ReadPipe = Box<dyn AsyncRead + Send + Unpin>;

/// The parent's end of a child's input.
pub type WritePipe = Box<dyn AsyncWrite + Send + Unpin>;

/// A process that was started, with the parent's ends of its captured streams.
pub struct Started {
    /// The process.
    pub process: Box<dyn Process>,
    /// Standard input, if the launch gave it bytes or a pipe.
    pub stdin: Option<WritePipe>,
    /// Standard output, if it is captured or piped.
    pub stdout: Option<ReadPipe>,
    /// Standard error, if it is captured or piped.
    pub stderr: Option<ReadPipe>,
    /// What its outputs are to replace when all has ended well.
    pub replacements: Vec<Box<dyn Replacement>>,
}

/// A file that was made to take the place of another one. Dropping it removes it.
pub trait Replacement: fmt::Debug + Send {
    /// Returns the path of the file that is to be replaced.
    fn target(&self) -> &Path;

    /// Puts it into its place.
    ///
    /// # Errors
    ///
    /// What the kernel says; then it is removed, and the other one stays.
    fn commit(self: Box<Self>) -> io::Result<()>;
}

impl fmt::Debug for Started {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Started").field("process", &self.process).finish_non_exhaustive()
    }
}

/// An end of a pipe that joins two stages: a descriptor, or what stands for one in a lab.
///
/// It is open for as long as a clone of it lives.
#[derive(Clone)]
pub struct Joint(Arc<dyn Any + Send + Sync>);

impl Joint {
    /// Holds what the backend takes for an end of a pipe.
    pub fn new<T: Any + Send + Sync>(end: T) -> Self {
        Self(Arc::new(end))
    }

    /// Returns what the backend put in.
    pub fn get<T: Any>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

impl PartialEq for Joint {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Joint {}

impl fmt::Debug for Joint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Joint")
    }
}

/// A process that leads its own group.
///
/// It stays a zombie from its exit until it is [reaped](Self::reap), so its id and its group's id
/// cannot be given to others while signals may still be sent.
pub trait Process: fmt::Debug + Send {
    /// Returns the process id, which is the group's id, too.
    fn pid(&self) -> u32;

    /// Waits until the process has exited, and leaves it as a zombie.
    ///
    /// # Errors
    ///
    /// What the kernel says when it cannot wait.
    fn poll_exit(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>>;

    /// Returns how the process ended, if it has exited, and leaves it as a zombie.
    ///
    /// # Errors
    ///
    /// What the kernel says when it cannot tell.
    fn status(&self) -> io::Result<Option<ExitStatus>>;

    /// Sends a signal to the whole group. After [`reap`](Self::reap) it does nothing.
    ///
    /// # Errors
    ///
    /// What the kernel says, for example that no process of the group may be signalled.
    fn signal(&self, signal: Signal) -> io::Result<()>;

    /// Returns whether nobody is left of the group of a process that has exited, so that nobody needs a grace any more.
    ///
    /// By default, and where the backend cannot tell, it returns `false`.
    fn group_is_gone(&mut self) -> bool {
        false
    }

    /// Takes what is known of the exited process and ends the zombie.
    ///
    /// # Errors
    ///
    /// What the kernel says, for example when another part of the program reaped the process.
    fn reap(&mut self) -> io::Result<Reaped>;

    /// Leaves the runtime that polled the process so far, so that another one can.
    fn leave_runtime(&mut self);
}

/// What is known of a process when it is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reaped {
    /// How it ended.
    pub status: ExitStatus,
    /// How long it ran on a CPU, if the backend can tell.
    pub cpu: Option<CpuTimes>,
}

impl Reaped {
    /// Creates a report without CPU times.
    pub const fn new(status: ExitStatus) -> Self {
        Self { status, cpu: None }
    }

    /// Sets how long the process ran on a CPU.
    #[must_use]
    pub const fn with_cpu(mut self, cpu: CpuTimes) -> Self {
        self.cpu = Some(cpu);
        self
    }
}

/// The signals that can be sent to a running command (signal(7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Signal {
    /// Asks to end: `SIGTERM`.
    Term,
    /// Lets a stopped process go on, so that it can see the request: `SIGCONT`.
    Cont,
    /// Ends it: `SIGKILL`.
    Kill,
    /// Asks to end, as Ctrl-C does at a terminal: `SIGINT`.
    Int,
    /// The terminal is gone; to many daemons, a request to read their configuration again: `SIGHUP`.
    Hup,
    /// Asks to end with a core dump: `SIGQUIT`.
    Quit,
    /// Whatever the program makes of it: `SIGUSR1`.
    Usr1,
    /// Whatever the program makes of it: `SIGUSR2`.
    Usr2,
    /// Stops it until it is continued: `SIGSTOP`.
    Stop,
}

/// The name, `SIGTERM` for example.
impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Term => "SIGTERM",
            Self::Cont => "SIGCONT",
            Self::Kill => "SIGKILL",
            Self::Int => "SIGINT",
            Self::Hup => "SIGHUP",
            Self::Quit => "SIGQUIT",
            Self::Usr1 => "SIGUSR1",
            Self::Usr2 => "SIGUSR2",
            Self::Stop => "SIGSTOP",
        })
    }
}
