//! An observer that keeps the events, and what must be the same of them in every world.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use cuprum::event::{Delivery, Event, EventKind, LineInterest, Observer, RunId};
use cuprum::stream::Source;
use tokio::sync::Notify;

/// Keeps the events it is told, in their order. Clones have the same ones.
#[derive(Clone, Debug)]
pub struct Recorded {
    events: Arc<Mutex<Vec<Event>>>,
    lines: LineInterest,
    told: Arc<Notify>,
}

impl Default for Recorded {
    fn default() -> Self {
        Self { events: Arc::default(), lines: LineInterest::Read, told: Arc::default() }
    }
}

impl Recorded {
    /// Creates one that asks for lines so.
    pub fn with(lines: LineInterest) -> Self {
        Self { lines, ..Self::default() }
    }

    /// Returns the events so far.
    pub fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until an event of this kind was told.
    pub async fn until(&self, kind: &str) {
        loop {
            let told = self.told.notified();
            if self.events().iter().any(|event| event.kind().name() == kind) {
                return;
            }
            told.await;
        }
    }

    /// Returns the events so far, each in a line that is the same in every world: without ids and times, lines
    /// of one stream together.
    pub fn shown(&self) -> Vec<String> {
        let mut shown: Vec<String> = Vec::new();
        let mut ids: Vec<RunId> = Vec::new();
        for event in self.events() {
            let known = ids.iter().position(|id| *id == event.id());
            let number = known.unwrap_or_else(|| {
                ids.push(event.id());
                ids.len() - 1
            });
            shown.push(format!("{number}.{} {}", event.stage(), what(&event)));
        }
        shown
    }
}

impl Recorded {
    /// Returns the kinds of the events of each stage, but for those of its streams.
    pub fn kinds_by_stage(&self) -> Vec<String> {
        let by_stage = self.by_stage().into_iter().filter(|stage| !stage.contains('"'));
        let kind = |event: &str| event.split(' ').next().unwrap_or_default().to_owned();
        by_stage
            .map(|stage| {
                let (place, events) = stage.split_once(") ").unwrap_or_default();
                format!("{place}) {}", events.split(", ").map(kind).collect::<Vec<_>>().join(", "))
            })
            .collect()
    }

    /// Returns what was told of each stage, in a form that does not depend on where reads fall and how the streams
    /// lie between each other: first what has happened beside them, then all lines of each stream.
    pub fn by_stage(&self) -> Vec<String> {
        let mut ids: Vec<RunId> = Vec::new();
        let mut stages: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
        let mut streams: BTreeMap<(usize, usize, String), String> = BTreeMap::new();
        for event in self.events() {
            let known = ids.iter().position(|id| *id == event.id());
            let number = known.unwrap_or_else(|| {
                ids.push(event.id());
                ids.len() - 1
            });
            let place = (number, event.stage());
            match event.kind() {
                EventKind::Lines(lines) => {
                    let text =
                        streams.entry((place.0, place.1, format!("{:?}", lines.source()))).or_default();
                    lines.iter().for_each(|line| text.push_str(&format!("{line}|")));
                }
                EventKind::Stdin(_) | EventKind::StdinFailed(_) => {
                    let text = streams.entry((place.0, place.1, "Stdin".to_owned())).or_default();
                    text.push_str(&what(&event));
                }
                _ => stages.entry(place).or_default().push(what(&event)),
            }
        }
        let stages = stages.into_iter().map(|(place, events)| format!("{place:?} {}", events.join(", ")));
        let streams = streams.into_iter().map(|(stream, text)| format!("{stream:?} {text}"));
        stages.chain(streams).collect()
    }
}

impl Observer for Recorded {
    fn event(&self, event: &Event) {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).push(event.clone());
        self.told.notify_one();
    }

    fn lines(&self) -> LineInterest {
        self.lines
    }

    fn delivery(&self) -> Delivery {
        Delivery::Inline
    }
}

/// Returns what has happened, without what differs from run to run.
pub fn what(event: &Event) -> String {
    let name = event.kind().name();
    match event.kind() {
        EventKind::Refused(refused) => format!("{name} by {}: {}", refused.by.name(), refused.reason),
        EventKind::NotStarted(not) => format!("{name} {}", not.error),
        EventKind::Stdin(stdin) => format!("{name} {}", stdin.bytes),
        EventKind::StdinFailed(failed) => format!("{name} {}", failed.operation.name()),
        EventKind::Lines(lines) => {
            let source = match lines.source() {
                Source::Stdout => "stdout",
                Source::Stderr => "stderr",
                _ => "merged",
            };
            let lines: Vec<String> = lines.iter().map(|line| line.to_string()).collect();
            format!("{name} {source} {}", lines.join("|"))
        }
        EventKind::Cancelled(cancelled) => format!("{name} {}", cancelled.reason),
        EventKind::Exited(exited) => {
            let printed = |printed: Option<cuprum::event::Printed>| match printed {
                Some(printed) => {
                    format!("{}/{}", printed.bytes, printed.lines.map_or(-1, |lines| lines as i64))
                }
                None => "-".to_owned(),
            };
            let stopped = exited.stopped.map_or(String::new(), |stopped| format!(" {stopped}"));
            let failed = if exited.failed { " failed" } else { "" };
            let (stdout, stderr) = (printed(exited.stdout), printed(exited.stderr));
            format!("{name} {} {stdout} {stderr}{failed}{stopped}", exited.status)
        }
        EventKind::Lost(_) | EventKind::Planned | EventKind::Queued | EventKind::Started(_) => {
            name.to_owned()
        }
        EventKind::Retried(retried) => format!("{name} {} {}", retried.attempt, retried.reason),
        EventKind::Opened(opened) => format!("{name} {} {:?}", opened.group, opened.commands),
        EventKind::Progressed(progress) => {
            let failed = if progress.failed { " failed" } else { "" };
            format!("{name} {} {}/{:?}{failed}", progress.position, progress.done, progress.of)
        }
        EventKind::Closed(closed) => {
            format!("{name} {} {}-{} {:?}", closed.group, closed.done, closed.failed, closed.success)
        }
        EventKind::Widened(widened) => format!("{name} {} by {}", widened.program, widened.by),
        _ => name.to_owned(),
    }
}
