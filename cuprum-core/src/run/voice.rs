//! What tells the observers of one run: its id, its clock, its numbers.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::backend::Backend;
use crate::context::Rules;
use crate::event::{Event, EventKind, LineInterest, Listener, RunId};
use crate::spec::Invocation;

/// Tells the observers of one run, or of what runs several.
pub(super) struct Voice {
    id: RunId,
    parent: Option<RunId>,
    listeners: Vec<Arc<Listener>>,
    backend: Arc<dyn Backend>,
    begin: Duration,
    sequence: AtomicU64,
}

impl Voice {
    /// Creates the voice of a run that begins now.
    pub(super) fn new(rules: &Rules, listeners: Vec<Arc<Listener>>) -> Self {
        let backend = Arc::clone(&rules.backend);
        let (id, begin) = (RunId::from_u128(backend.new_id()), backend.now());
        Self { id, parent: rules.watch.parent, listeners, backend, begin, sequence: AtomicU64::new(0) }
    }

    /// Makes it the voice of a run that takes place in another one.
    pub(super) fn within(self, parent: Option<RunId>) -> Self {
        Self { parent: parent.or(self.parent), ..self }
    }

    /// Returns a voice that nobody hears, for what is done after the last event.
    pub(super) fn silent(&self) -> Self {
        let (backend, sequence) = (Arc::clone(&self.backend), AtomicU64::new(0));
        Self { backend, sequence, listeners: Vec::new(), ..*self }
    }

    pub(super) fn id(&self) -> RunId {
        self.id
    }

    pub(super) fn shared_backend(&self) -> Arc<dyn Backend> {
        Arc::clone(&self.backend)
    }

    /// Returns how long it is since it began.
    pub(super) fn elapsed(&self) -> Duration {
        self.backend.now().saturating_sub(self.begin)
    }

    /// Returns whether somebody listens.
    pub(super) fn is_heard(&self) -> bool {
        !self.listeners.is_empty()
    }

    /// Returns the most that an observer wants to know of lines.
    pub(super) fn lines(&self) -> LineInterest {
        self.listeners.iter().map(|listener| listener.lines()).max().unwrap_or_default()
    }

    /// Returns whether somebody wants to know how many lines there are.
    pub(super) fn counts_lines(&self) -> bool {
        self.lines() > LineInterest::Ignored
    }

    /// Tells everybody.
    pub(super) fn say(&self, invocation: Option<&Arc<Invocation>>, kind: EventKind) {
        if !self.is_heard() {
            return;
        }
        let event = Event {
            id: self.id,
            parent: self.parent,
            invocation: invocation.cloned(),
            sequence: self.sequence.fetch_add(1, Ordering::Relaxed),
            at: self.backend.wall_clock(),
            elapsed: self.elapsed(),
            kind,
        };
        self.listeners.iter().for_each(|listener| listener.tell(&event));
    }
}

impl fmt::Debug for Voice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Voice").field("id", &self.id).field("parent", &self.parent).finish_non_exhaustive()
    }
}
