//! What a timeline keeps: a row for each command, pipeline, and thing that runs several.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::super::facts::Words;
use super::Begins;
use crate::event::{Event, EventKind, Exited, Opened, RunId, Widened};
use crate::spec::{Invocation, escape_line};
use crate::stream::Source;

/// The rows, and when the first of them began. All times are from then on.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) list: Vec<Row>,
    pub(super) origin: Option<SystemTime>,
    /// When the last event came.
    pub(super) length: Duration,
    /// How many rows there was no room for.
    pub(super) unseen: u64,
}

/// Where a row is, and when the clock of its run began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// `None` if there was no room for it.
    row: Option<usize>,
    run: RunId,
    base: Duration,
}

/// One row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) parent: Option<usize>,
    pub(super) what: What,
    pub(super) run: RunId,
    pub(super) planned: Duration,
    pub(super) started: Option<Duration>,
    pub(super) ended: Option<Duration>,
    pub(super) end: End,
    pub(super) pid: Option<u32>,
    pub(super) marks: Vec<Mark>,
    /// How many lines there was no room for.
    pub(super) unseen: u64,
}

/// What a row is about.
#[derive(Clone, Debug)]
pub(super) enum What {
    Command(Arc<Invocation>),
    /// So many stages.
    Pipeline(usize),
    Group(Option<Opened>),
    /// A program that a context came to permit.
    Widened(Widened),
}

impl What {
    /// Returns whether there are others in it.
    pub(super) fn holds_others(&self) -> bool {
        matches!(self, Self::Pipeline(_) | Self::Group(_))
    }
}

/// How it ended; put into words only when it is shown.
#[derive(Clone, Debug)]
pub(super) enum End {
    /// It has not.
    Open,
    /// With this event.
    Event(EventKind),
    /// A pipeline, with the last of its stages, of which one failed or none.
    Pipeline(bool),
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Running,
    Ok,
    Failed,
    Stopped,
    Refused,
}

impl State {
    /// Returns it as the page has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Ok => "ok",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
            Self::Refused => "refused",
        }
    }
}

/// Something that happened on the way.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) at: Duration,
    pub(super) kind: &'static str,
    pub(super) text: String,
}

impl Rows {
    /// Adds a row for what begins with the event, if there are fewer than `most`.
    pub(super) fn add(&mut self, event: &Event, begins: Begins, parent: Option<Place>, most: usize) -> Place {
        let base = match parent {
            Some(parent) if parent.run == event.id() => parent.base,
            _ => self.since_origin(event).saturating_sub(event.elapsed()),
        };
        let place = Place { row: None, run: event.id(), base };
        if self.list.len() >= most {
            self.unseen += 1;
            return place;
        }
        let what = match (event.invocation(), begins) {
            (Some(invocation), Begins::Pipeline) => What::Pipeline(invocation.stages()),
            (Some(invocation), _) => What::Command(Arc::clone(invocation)),
            (None, _) => match event.kind() {
                EventKind::Opened(opened) => What::Group(Some(opened.clone())),
                EventKind::Widened(widened) => What::Widened(widened.clone()),
                _ => What::Group(None),
            },
        };
        let planned = self.time(place, event);
        // What holds others runs from the beginning.
        let started = what.holds_others().then_some(planned);
        self.list.push(Row {
            parent: parent.and_then(|parent| parent.row),
            what,
            run: event.id(),
            planned,
            started,
            ended: None,
            end: End::Open,
            pid: None,
            marks: Vec::new(),
            unseen: 0,
        });
        Place { row: Some(self.list.len() - 1), ..place }
    }

    /// Writes down what has happened to a row that goes on; of lines, those up to `most`.
    pub(super) fn note(&mut self, place: Place, event: &Event, most: usize) {
        let at = self.time(place, event);
        let Some(row) = self.row(place) else { return };
        match event.kind() {
            EventKind::Started(started) => {
                row.started = Some(at);
                row.pid = Some(started.pid);
            }
            EventKind::Lines(lines) => {
                let kind = match lines.source() {
                    Source::Stderr => "stderr",
                    Source::Stdout | Source::Merged => "stdout",
                };
                for line in lines {
                    if row.marks.len() < most {
                        row.marks.push(Mark { at, kind, text: escape_line(line.bytes).into_owned() });
                    } else {
                        row.unseen += 1;
                    }
                }
            }
            EventKind::StdinFailed(_) => row.mark(at, "stdin", event),
            EventKind::Cancelled(_) => row.mark(at, "stop", event),
            EventKind::Retried(_) => row.mark(at, "retry", event),
            _ => {}
        }
    }

    /// Ends a row.
    pub(super) fn end(&mut self, place: Place, event: &Event) {
        let at = self.time(place, event);
        let Some(row) = self.row(place) else { return };
        row.ended = Some(at);
        row.end = End::Event(event.kind().clone());
    }

    /// Ends the row of a pipeline.
    pub(super) fn end_pipeline(&mut self, place: Place, event: &Event, failed: bool) {
        let at = self.time(place, event);
        let Some(row) = self.row(place) else { return };
        row.ended = Some(at);
        row.end = End::Pipeline(failed);
    }

    fn row(&mut self, place: Place) -> Option<&mut Row> {
        self.list.get_mut(place.row?)
    }

    /// Returns when the event of a row was, by the clock that never goes back.
    fn time(&mut self, place: Place, event: &Event) -> Duration {
        let time = place.base + event.elapsed();
        self.length = self.length.max(time);
        time
    }

    fn since_origin(&mut self, event: &Event) -> Duration {
        let origin = *self.origin.get_or_insert(event.at());
        // A clock that was set back in between lets it begin at the origin.
        event.at().duration_since(origin).unwrap_or_default()
    }
}

impl Row {
    fn mark(&mut self, at: Duration, kind: &'static str, event: &Event) {
        let text = Words(event).to_string();
        self.marks.push(Mark { at, kind, text });
    }

    /// Returns how far it has come.
    pub(super) fn state(&self) -> State {
        let kind = match &self.end {
            End::Open => return State::Running,
            End::Pipeline(true) => return State::Failed,
            End::Pipeline(false) => return State::Ok,
            End::Event(kind) => kind,
        };
        match kind {
            EventKind::Exited(exited) if exited.stopped.is_some() => State::Stopped,
            EventKind::Exited(exited) if exited.failed => State::Failed,
            EventKind::Refused(_) => State::Refused,
            EventKind::NotStarted(fault) => match fault.error {
                "stage" | "dropped" | "cancelled" => State::Stopped,
                _ => State::Failed,
            },
            EventKind::Lost(_) => State::Failed,
            EventKind::Closed(closed) => match closed.success {
                Some(true) => State::Ok,
                Some(false) => State::Failed,
                None => State::Stopped,
            },
            _ => State::Ok,
        }
    }

    /// Returns how it ended, in words.
    pub(super) fn status(&self) -> String {
        let kind = match &self.end {
            End::Open => return String::new(),
            End::Pipeline(true) => return "a stage failed".to_owned(),
            End::Pipeline(false) => return "all stages ended well".to_owned(),
            End::Event(kind) => kind,
        };
        match kind {
            EventKind::Exited(exited) => match exited.stopped {
                Some(stopped) => stopped.to_string(),
                None => exited.status.to_string(),
            },
            EventKind::Refused(refused) => format!("refused: {}", refused.reason),
            EventKind::NotStarted(fault) => fault.reason.to_string(),
            EventKind::Lost(lost) => format!("lost: {}", lost.reason),
            EventKind::Closed(closed) => {
                let given_up = if closed.success.is_none() { "given up: " } else { "" };
                match closed.failed {
                    0 => format!("{given_up}{} ended", closed.done),
                    failed => format!("{given_up}{} ended, {failed} failed", closed.done),
                }
            }
            EventKind::Widened(widened) => format!("by `{}` at {}", widened.by, widened.place),
            _ => String::new(),
        }
    }

    /// Returns what is known of the end of its process.
    pub(super) fn exited(&self) -> Option<&Exited> {
        match &self.end {
            End::Event(EventKind::Exited(exited)) => Some(exited),
            _ => None,
        }
    }

    /// Returns when it began to run, or was planned if it never did.
    pub(super) fn begin(&self) -> Duration {
        self.started.unwrap_or(self.planned)
    }
}
