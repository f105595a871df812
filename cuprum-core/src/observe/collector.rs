//! Keeps the events of runs for a test to look at.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::event::{Delivery, Event, EventKind, LineInterest, Observer, RunId};
use crate::stream::Line;

/// Keeps all events, for a test to look at. Clones share them.
///
/// It gets each event where the run is, so when a run has returned its events are here. It keeps all of them
/// until [`reset`](Self::reset) or [`take`](Self::take), so it is not for programs that run for long.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Build;
/// # #[derive(Command)]
/// # #[command(program = Build)]
/// # struct Nightly {}
/// use cuprum::lab::{Lab, Script};
/// use cuprum::observe::Collector;
///
/// let collector = Collector::new();
/// let lab = Lab::new().on::<Nightly>(Script::stdout("done\n"));
/// lab.cx().with_observer(collector.clone()).run(Nightly::new()).wait()?;
/// assert_eq!(collector.names(), ["planned", "started", "lines", "exited"]);
/// assert_eq!(collector.started(), ["build"]);
/// # Ok::<(), cuprum::Error>(())
/// ```
#[derive(Clone)]
pub struct Collector {
    events: Arc<Mutex<Vec<Event>>>,
    lines: LineInterest,
}

impl Collector {
    /// Creates a collector that gets lines, too.
    pub fn new() -> Self {
        Self { events: Arc::default(), lines: LineInterest::Read }
    }

    /// Sets what it wants to know of lines.
    #[must_use]
    pub fn with_lines(self, lines: LineInterest) -> Self {
        Self { lines, ..self }
    }

    /// Returns the events so far, in the order in which they came.
    pub fn events(&self) -> Vec<Event> {
        self.kept().clone()
    }

    /// Returns the events so far and forgets them; none is lost or seen twice, whoever runs meanwhile.
    pub fn take(&self) -> Vec<Event> {
        std::mem::take(&mut self.kept())
    }

    /// Forgets the events so far.
    pub fn reset(&self) {
        self.kept().clear();
    }

    /// Returns how many events there are.
    pub fn len(&self) -> usize {
        self.kept().len()
    }

    /// Returns whether there are no events.
    pub fn is_empty(&self) -> bool {
        self.kept().is_empty()
    }

    /// Returns what has happened, in one word for each event: `planned`, `started`, `exited`.
    pub fn names(&self) -> Vec<&'static str> {
        self.kept().iter().map(|event| event.kind().name()).collect()
    }

    /// Returns the runs, and what ran several of them, in the order of their first events.
    pub fn runs(&self) -> Vec<RunId> {
        let mut ids = Vec::new();
        for event in self.kept().iter() {
            if !ids.contains(&event.id()) {
                ids.push(event.id());
            }
        }
        ids
    }

    /// Returns the events of one run.
    pub fn of(&self, run: RunId) -> Vec<Event> {
        self.kept().iter().filter(|event| event.id() == run).cloned().collect()
    }

    /// Returns the command lines that were planned, in their order.
    pub fn planned(&self) -> Vec<String> {
        self.lines_of(|kind| matches!(kind, EventKind::Planned))
    }

    /// Returns the command lines that were started, in their order.
    pub fn started(&self) -> Vec<String> {
        self.lines_of(|kind| matches!(kind, EventKind::Started(_)))
    }

    /// Returns the lines that were printed.
    pub fn lines(&self) -> Vec<Line> {
        let kept = self.kept();
        let lines = kept.iter().filter_map(|event| match event.kind() {
            EventKind::Lines(lines) => Some(lines),
            _ => None,
        });
        lines.flatten().map(Line::from).collect()
    }

    /// Returns the names of the programs that contexts came to permit, in their order.
    pub fn widened(&self) -> Vec<&'static str> {
        let kept = self.kept();
        let widened = kept.iter().filter_map(|event| match event.kind() {
            EventKind::Widened(widened) => Some(widened.program),
            _ => None,
        });
        widened.collect()
    }

    fn lines_of(&self, wanted: impl Fn(&EventKind) -> bool) -> Vec<String> {
        let kept = self.kept();
        let events = kept.iter().filter(|event| wanted(event.kind()));
        events.filter_map(|event| Some(event.invocation()?.command_line())).collect()
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Event>> {
        // Nothing panics while it is held.
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Collector {
    fn default() -> Self {
        Self::new()
    }
}

impl Observer for Collector {
    fn event(&self, event: &Event) {
        self.kept().push(event.clone());
    }

    fn lines(&self) -> LineInterest {
        self.lines
    }

    fn delivery(&self) -> Delivery {
        Delivery::Inline
    }
}

/// What has happened.
impl fmt::Debug for Collector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Collector").field(&self.names()).finish()
    }
}
