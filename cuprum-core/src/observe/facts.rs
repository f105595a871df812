//! An event in the words of logs and traces: one projection for all of them.

use std::borrow::Cow;
use std::time::Duration;

use crate::event::{Event, EventKind, Exited, Printed, Widened};
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
    pub(super) error: Option<Cow<'static, str>>,
    /// `cuprum.duration_s`
    pub(super) duration: Option<Duration>,
    /// `cuprum.stdin.bytes`
    pub(super) stdin: Option<u64>,
    /// `cuprum.stdout.bytes`
    pub(super) stdout: Option<u64>,
    /// `cuprum.stderr.bytes`
    pub(super) stderr: Option<u64>,
    /// What happened, in words; it comes behind the program's name.
    pub(super) words: String,
}

impl Facts {
    /// Collects what is known.
    pub(super) fn of(event: &Event) -> Self {
        let none = Self::default();
        match event.kind() {
            EventKind::Planned => Self { words: "planned".to_owned(), ..none },
            EventKind::Queued => Self { words: "waits for a place".to_owned(), ..none },
            EventKind::Started(started) => {
                Self { pid: Some(started.pid), words: "started".to_owned(), ..none }
            }
            EventKind::Refused(refused) => Self {
                error: Some("refused".into()),
                words: format!("refused by {}: {}", refused.by.name(), refused.reason),
                ..none
            },
            EventKind::NotStarted(fault) => Self {
                error: Some(fault.error.into()),
                words: format!("not started: {}", fault.reason),
                ..none
            },
            EventKind::Stdin(stdin) => {
                Self { stdin: Some(stdin.bytes), words: "has read its input".to_owned(), ..none }
            }
            EventKind::StdinFailed(fault) => Self {
                stdin: Some(fault.bytes),
                words: format!("input failed at the {}: {}", fault.operation.name(), fault.reason),
                ..none
            },
            EventKind::Cancelled(cancelled) => {
                let words = match &cancelled.cancellation {
                    Some(cancellation) => format!("is stopped: {}, {cancellation}", cancelled.reason),
                    None => format!("is stopped: {}", cancelled.reason),
                };
                Self { words, ..none }
            }
            EventKind::Exited(exited) => Self::of_exited(exited),
            EventKind::Lost(lost) => Self {
                pid: Some(lost.pid),
                error: Some("io".into()),
                words: format!("lost: {}", lost.reason),
                ..none
            },
            EventKind::Retried(retried) => Self {
                words: format!(
                    "attempt {} follows in {:?}: {}",
                    retried.attempt, retried.after, retried.reason
                ),
                ..none
            },
            EventKind::Opened(opened) => {
                let words = match opened.commands {
                    Some(commands) => format!("{} of {commands} opened", opened.group),
                    None => format!("{} opened", opened.group),
                };
                Self { words, ..none }
            }
            EventKind::Progressed(progressed) => {
                let of = progressed.of.map(|of| format!(" of {of}")).unwrap_or_default();
                Self { words: format!("{}{of} have ended", progressed.done), ..none }
            }
            EventKind::Closed(closed) => Self {
                error: (closed.success == Some(false)).then_some("failed".into()),
                duration: Some(closed.duration),
                words: format!("{} closed: {} ended, {} failed", closed.group, closed.done, closed.failed),
                ..none
            },
            EventKind::Widened(widened) => Self { words: permitted(widened), ..none },
            EventKind::Lines(_) => none,
        }
    }

    fn of_exited(exited: &Exited) -> Self {
        let bytes = |printed: Option<Printed>| printed.map(|printed| printed.bytes);
        let stopped = exited.stopped.map(|stopped| format!(", {stopped}")).unwrap_or_default();
        Self {
            pid: Some(exited.pid),
            code: exited.status.code(),
            signal: signal(exited.status),
            error: error_of(exited),
            duration: Some(exited.duration),
            stdin: None,
            stdout: bytes(exited.stdout),
            stderr: bytes(exited.stderr),
            words: format!("ended: {}{stopped}", exited.status),
        }
    }
}

/// Returns what a context permits from now on, in words.
pub(super) fn permitted(widened: &Widened) -> String {
    format!("{} is permitted by `{}` at {}", widened.program, widened.by, widened.place)
}

/// Returns the class of the failure in one word; `None` if it is none.
///
/// These are the [names](crate::ErrorKind::name) of kinds of errors; for a pipeline's stage that was stopped
/// because another one failed it is `stage`.
pub(super) fn error_of(exited: &Exited) -> Option<Cow<'static, str>> {
    let reason = exited.stopped.map(|stopped| stopped.reason);
    match (reason, exited.status) {
        (Some(CancelReason::Timeout(_)), _) => Some("timeout".into()),
        (Some(CancelReason::IdleTimeout(_)), _) => Some("idle_timeout".into()),
        (Some(CancelReason::OutputLimit(_)), _) => Some("output_limit".into()),
        (Some(CancelReason::StageFailed(_)), _) => Some("stage".into()),
        (Some(CancelReason::InputFailed), _) => Some("input".into()),
        (Some(CancelReason::Dropped), _) => Some("dropped".into()),
        (Some(CancelReason::Cancelled), _) => Some("cancelled".into()),
        (None, _) if !exited.failed => None,
        (None, ExitStatus::Code(_)) => Some("exit".into()),
        (None, ExitStatus::Signal(_)) => Some("signal".into()),
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
