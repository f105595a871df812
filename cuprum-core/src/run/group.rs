//! What observers are told of something that runs several: its beginning, how far it has come, its end.

use std::sync::Arc;

use super::voice::Voice;
use crate::context::Rules;
use crate::event::{Closed, EventKind, Group, Opened, Progressed};

/// Tells of something that runs several. If it is dropped before it was closed, it was given up.
#[derive(Debug)]
pub(super) struct Together {
    /// None if nobody listens, and after the end.
    voice: Option<Voice>,
    group: Group,
    of: Option<usize>,
    done: usize,
    failed: usize,
}

impl Together {
    /// Opens it; returns the rules for what runs in it, too.
    pub(super) fn open(group: Group, of: Option<usize>, rules: Arc<Rules>) -> (Self, Arc<Rules>) {
        let listeners = rules.watch.observers.entries();
        let (mut voice, mut inner) = (None, rules);
        if !listeners.is_empty() {
            let told = Voice::new(&inner, listeners);
            told.say(None, EventKind::Opened(Opened { group, commands: of }));
            let mut rules = Rules::clone(&inner);
            rules.watch.parent = Some(told.id());
            (voice, inner) = (Some(told), Arc::new(rules));
        }
        (Self { voice, group, of, done: 0, failed: 0 }, inner)
    }

    /// Creates one that nobody hears.
    pub(super) fn silent(group: Group) -> Self {
        Self { voice: None, group, of: None, done: 0, failed: 0 }
    }

    /// Tells that the one at this position has ended.
    pub(super) fn ended(&mut self, position: usize, failed: bool) {
        self.done += 1;
        self.failed += usize::from(failed);
        if let Some(voice) = &self.voice {
            let progressed = Progressed { position, failed, done: self.done, of: self.of };
            voice.say(None, EventKind::Progressed(progressed));
        }
    }

    /// Tells that an attempt follows, after a pause, because of this error.
    #[cfg(feature = "retry")]
    pub(super) fn retried(&self, attempt: usize, after: std::time::Duration, error: &crate::error::Error) {
        if let Some(voice) = &self.voice {
            let attempt = u32::try_from(attempt).unwrap_or(u32::MAX);
            let retried = crate::event::Retried { attempt, after, reason: error.reason().into() };
            voice.say(None, EventKind::Retried(retried));
        }
    }

    /// Returns whether none has failed so far.
    pub(super) fn is_fine(&self) -> bool {
        self.failed == 0
    }

    /// Tells that all of it has ended.
    pub(super) fn close(&mut self, success: bool) {
        self.say_closed(Some(success));
    }

    fn say_closed(&mut self, success: Option<bool>) {
        if let Some(voice) = self.voice.take() {
            let Self { group, done, failed, .. } = *self;
            let closed = Closed { group, done, failed, success, duration: voice.elapsed() };
            voice.say(None, EventKind::Closed(closed));
        }
    }
}

impl Drop for Together {
    fn drop(&mut self) {
        self.say_closed(None);
    }
}
