//! An event in the words of logs and traces: one projection for all of them.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use crate::event::{Event, EventKind, Exited, Printed};
use crate::outcome::{CancelReason, ExitStatus};
use crate::spec::{Invocation, Tags};

/// What logs and traces tell of an event; what it does not have is `None`.
///
/// The names are those of OpenTelemetry's conventions where it has one for the fact, and begin with `cuprum.`
/// where it has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// `process.pid`
    pub(super) pid: Option<u32>,
    /// `process.exit.code`
    pub(super) code: Option<i32>,
    /// `cuprum.signal`, `SIGKILL` for example
    pub(super) signal: Option<Cow<'static, str>>,
    /// `error.type`, one of few words
    pub(super) error: Option<&'static str>,
    /// `cuprum.duration_s`
    pub(super) duration: Option<Duration>,
    /// `cuprum.stdin.bytes`
    pub(super) stdin: Option<u64>,
    /// `cuprum.stdout.bytes`
    pub(super) stdout: Option<u64>,
    /// `cuprum.stderr.bytes`
    pub(super) stderr: Option<u64>,
}

impl Facts {
    /// Collects what is known.
    pub(super) fn of(event: &Event) -> Self {
        let none = Self::default();
        match event.kind() {
            EventKind::Started(started) => Self { pid: Some(started.pid), ..none },
            EventKind::Refused(_) => Self { error: Some("refused"), ..none },
            EventKind::NotStarted(fault) => Self { error: Some(fault.error), ..none },
            EventKind::Stdin(stdin) => Self { stdin: Some(stdin.bytes), ..none },
            EventKind::StdinFailed(fault) => Self { stdin: Some(fault.bytes), ..none },
            EventKind::Exited(exited) => Self::of_exited(exited),
            EventKind::Lost(lost) => Self { pid: Some(lost.pid), error: Some("io"), ..none },
            EventKind::Closed(closed) => Self {
                error: (closed.success == Some(false)).then_some("failed"),
                duration: Some(closed.duration),
                ..none
            },
            _ => none,
        }
    }

    fn of_exited(exited: &Exited) -> Self {
        let bytes = |printed: Option<Printed>| printed.map(|printed| printed.bytes);
        Self {
            pid: Some(exited.pid),
            code: exited.status.code(),
            signal: signal(exited.status),
            error: error_of(exited),
            duration: Some(exited.duration),
            stdin: None,
            stdout: bytes(exited.stdout),
            stderr: bytes(exited.stderr),
        }
    }
}

/// What happened, in words; they come behind the program's name.
pub(super) struct Words<'a>(pub(super) &'a Event);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind() {
            EventKind::Planned => f.write_str("planned"),
            EventKind::Queued => f.write_str("waits for a place"),
            EventKind::Started(_) => f.write_str("started"),
            EventKind::Refused(refused) => write!(f, "refused by {}: {}", refused.by.name(), refused.reason),
            EventKind::NotStarted(fault) => write!(f, "not started: {}", fault.reason),
            EventKind::Stdin(_) => f.write_str("has read its input"),
            EventKind::StdinFailed(fault) => {
                write!(f, "input failed at the {}: {}", fault.operation.name(), fault.reason)
            }
            EventKind::Cancelled(cancelled) => match &cancelled.cancellation {
                Some(cancellation) => write!(f, "is stopped: {}, {cancellation}", cancelled.reason),
                None => write!(f, "is stopped: {}", cancelled.reason),
            },
            EventKind::Exited(exited) => match exited.stopped {
                Some(stopped) => write!(f, "ended: {}, {stopped}", exited.status),
                None => write!(f, "ended: {}", exited.status),
            },
            EventKind::Lost(lost) => write!(f, "lost: {}", lost.reason),
            EventKind::Retried(retried) => {
                write!(f, "attempt {} follows in {:?}: {}", retried.attempt, retried.after, retried.reason)
            }
            EventKind::Opened(opened) => match opened.commands {
                Some(commands) => write!(f, "{} of {commands} opened", opened.group),
                None => write!(f, "{} opened", opened.group),
            },
            EventKind::Progressed(progressed) => match progressed.of {
                Some(of) => write!(f, "{} of {of} have ended", progressed.done),
                None => write!(f, "{} have ended", progressed.done),
            },
            EventKind::Closed(closed) => {
                write!(f, "{} closed: {} ended, {} failed", closed.group, closed.done, closed.failed)
            }
            EventKind::Widened(widened) => {
                write!(f, "{} is permitted by `{}` at {}", widened.program, widened.by, widened.place)
            }
            EventKind::Lines(_) => Ok(()),
        }
    }
}

/// Returns the class of the failure in one word; `None` if it is none.
///
/// These are the [names](crate::ErrorKind::name) of kinds of errors; for a pipeline's stage that was stopped
/// because another one failed it is `stage`.
pub(super) fn error_of(exited: &Exited) -> Option<&'static str> {
    let reason = exited.stopped.map(|stopped| stopped.reason);
    match (reason, exited.status) {
        (Some(CancelReason::Timeout(_)), _) => Some("timeout"),
        (Some(CancelReason::IdleTimeout(_)), _) => Some("idle_timeout"),
        (Some(CancelReason::OutputLimit(_)), _) => Some("output_limit"),
        (Some(CancelReason::StageFailed(_)), _) => Some("stage"),
        (Some(CancelReason::InputFailed), _) => Some("input"),
        (Some(CancelReason::Dropped), _) => Some("dropped"),
        (Some(CancelReason::Cancelled), _) => Some("cancelled"),
        (None, _) if !exited.failed => None,
        (None, ExitStatus::Code(_)) => Some("exit"),
        (None, ExitStatus::Signal(_)) => Some("signal"),
    }
}

fn signal(status: ExitStatus) -> Option<Cow<'static, str>> {
    let number = status.signal()?;
    Some(status.signal_name().map_or_else(|| number.to_string().into(), Cow::Borrowed))
}

/// Returns the program's name and its words, a secret as `***`, as text.
pub(super) fn argv(invocation: &Invocation) -> impl Iterator<Item = Cow<'_, str>> {
    let words = invocation.words().iter().map(|word| word.to_string_lossy());
    std::iter::once(Cow::Borrowed(invocation.program())).chain(words)
}

/// Returns the project: that of the tags, where the caller's wins, and `None` if it is empty or not known.
pub(super) fn project(invocation: &Invocation) -> Option<Cow<'_, str>> {
    match invocation.tags().get("project") {
        Some(_) => project_tag(invocation.tags()),
        None => invocation.project().map(Cow::Borrowed),
    }
}

/// Returns the project that the tags name; `None` if it is empty or not there.
pub(super) fn project_tag(tags: &Tags) -> Option<Cow<'_, str>> {
    let tag = tags.get("project")?;
    let project = tag.text().map_or_else(|| tag.to_string().into(), Cow::Borrowed);
    (!project.is_empty()).then_some(project)
}
