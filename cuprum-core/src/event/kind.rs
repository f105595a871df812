//! What has happened in a run.

use std::panic::Location;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::{Closed, Lines, Opened, Progressed, Retried};
use crate::outcome::{CancelReason, Cancellation, CpuTimes, ExitStatus, Stopped};
use crate::spec::{Layer, Tags, Widening};

/// What has happened.
///
/// The events of a stage are, in this order: `Planned`, `Queued` if it waits for a place, `Started`, then
/// `Stdin`, `StdinFailed`, `Lines` and `Cancelled` as it comes, and at the end `Exited`. A stage that was planned
/// has exactly one end: `Refused`, `NotStarted`, `Exited` or `Lost`. A program that the context does not
/// permit is not even planned, and has the event `Refused` alone.
///
/// What runs several has an id of its own and the events `Opened`, `Progressed`, `Retried` and `Closed`; the
/// runs in it name it as their [parent](super::Event::parent).
///
/// `Widened` is about no run, but about the context that has the observer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum EventKind {
    /// It is known what is to run.
    Planned,
    /// It was not allowed to run, and nothing was started.
    Refused(Refused),
    /// It was not started for another reason.
    NotStarted(NotStarted),
    /// It waits for a place in a [`Bulkhead`](crate::spec::Bulkhead).
    Queued,
    /// The program is executed.
    Started(Started),
    /// All of its standard input was written.
    Stdin(StdinWritten),
    /// Its standard input could not be written, or what it is read from failed.
    StdinFailed(StdinFailed),
    /// It has printed lines.
    Lines(Lines),
    /// It is being stopped.
    Cancelled(Cancelled),
    /// It has ended, and all it printed was read.
    Exited(Exited),
    /// It was started, and lost sight of.
    Lost(Lost),
    /// A command is run again, after a pause.
    Retried(Retried),
    /// Several commands are going to be run together.
    Opened(Opened),
    /// One of several has ended.
    Progressed(Progressed),
    /// What ran several has ended.
    Closed(Closed),
    /// The context permits a program that it did not permit.
    Widened(Widened),
}

impl EventKind {
    /// Returns the kind in one word, as logs and the JSON form have it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Refused(_) => "refused",
            Self::NotStarted(_) => "not_started",
            Self::Queued => "queued",
            Self::Started(_) => "started",
            Self::Stdin(_) => "stdin",
            Self::StdinFailed(_) => "stdin_failed",
            Self::Lines(_) => "lines",
            Self::Cancelled(_) => "cancelled",
            Self::Exited(_) => "exited",
            Self::Lost(_) => "lost",
            Self::Retried(_) => "retried",
            Self::Opened(_) => "opened",
            Self::Progressed(_) => "progressed",
            Self::Closed(_) => "closed",
            Self::Widened(_) => "widened",
        }
    }

    /// Returns whether it is the end of a stage.
    pub fn is_end(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::NotStarted(_) | Self::Exited(_) | Self::Lost(_))
    }
}

/// Who did not let a command run, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// Who it was.
    pub by: RefusedBy,
    /// Why.
    pub reason: Arc<str>,
}

/// Who did not let a command run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefusedBy {
    /// What the context permits, in this layer of it.
    Allowlist(Layer),
    /// A before hook.
    Hook,
}

impl RefusedBy {
    /// Returns it in one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowlist(_) => "allowlist",
            Self::Hook => "hook",
        }
    }
}

/// Why a command was not started.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotStarted {
    /// The [kind](crate::ErrorKind::name) of the error, `program_not_found` for example; `stage` if another
    /// stage of its pipeline was not started, `dropped` if the run was given up before.
    pub error: &'static str,
    /// The error in words.
    pub reason: Arc<str>,
}

/// The process that was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Started {
    /// Its id, which is that of its group, too.
    pub pid: u32,
}

/// How much was written to standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StdinWritten {
    /// In bytes.
    pub bytes: u64,
}

/// Why standard input was not written to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StdinFailed {
    /// What failed.
    pub operation: StdinOperation,
    /// How much had been written before, in bytes.
    pub bytes: u64,
    /// The error in words.
    pub reason: Arc<str>,
}

/// A step of giving a command its standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StdinOperation {
    /// Reading what it is read from. The command is stopped.
    Read,
    /// Writing to the command, which mostly means that it reads no more. That is no failure of the run.
    Write,
    /// Closing the pipe.
    Close,
}

impl StdinOperation {
    /// Returns it in one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Close => "close",
        }
    }
}

/// Why a command is being stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cancelled {
    /// Which limit was reached, or what else it was.
    pub reason: CancelReason,
    /// What the token says with which it was cancelled.
    pub cancellation: Option<Cancellation>,
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exited {
    /// The id it had.
    pub pid: u32,
    /// Its exit code or signal.
    pub status: ExitStatus,
    /// Whether its command takes this status for a failure.
    pub failed: bool,
    /// How long it ran: from its start until it was seen to have ended.
    pub duration: Duration,
    /// How long it used a processor, if the backend can tell.
    pub cpu: Option<CpuTimes>,
    /// How much it printed on standard output; `None` if that went elsewhere.
    pub stdout: Option<Printed>,
    /// How much it printed on standard error; `None` if that went elsewhere.
    pub stderr: Option<Printed>,
    /// Why it was stopped, if it was.
    pub stopped: Option<Stopped>,
    /// Whether others held its streams when it had ended.
    pub leaked: bool,
}

/// How much was printed on one stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Printed {
    /// In bytes.
    pub bytes: u64,
    /// In lines; `None` if no observer asked for them.
    pub lines: Option<u64>,
}

/// Why nothing is known of the end of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lost {
    /// The id it had.
    pub pid: u32,
    /// The error in words.
    pub reason: Arc<str>,
}

/// Which program a context permits from now on, and who has said so.
///
/// It is told for each program that was not permitted at that moment. What a registration permits ends with it, which is
/// not told, and neither is that a context is narrowed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Widened {
    /// The program's name.
    pub program: &'static str,
    /// Its file; `None` if none was found.
    pub file: Option<Arc<Path>>,
    /// The method that permitted it.
    pub by: Widening,
    /// Where in the code that was called.
    pub place: &'static Location<'static>,
    /// `project`, and the tags of the context.
    pub tags: Arc<Tags>,
}
