//! An observer that is registered: events come to it at once, or through a queue, and its panics end there.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::queue::Queue;
use super::{Delivery, Event, EventKind, LineInterest, Observer};
use crate::outcome::panic_text;

/// What has become of the events for one observer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivered {
    /// How many it has had.
    pub events: u64,
    /// How many it will never have, because they did not fit into its queue, or it has panicked.
    pub dropped: u64,
    /// How many wait for it, or are on their way.
    pub waiting: u64,
    /// Whether it has panicked, and gets no more events.
    pub panicked: bool,
}

impl Delivered {
    /// Returns whether it has had all events so far.
    pub fn is_complete(&self) -> bool {
        self.dropped == 0 && self.waiting == 0
    }
}

/// An observer that is registered.
pub(crate) struct Listener {
    lines: LineInterest,
    way: Way,
    is_hidden: bool,
}

enum Way {
    Inline(Post),
    Queued(Arc<Queue>),
}

/// Where events are handed over.
pub(super) struct Post {
    observer: Box<dyn Observer>,
    panicked: AtomicBool,
    events: AtomicU64,
    dropped: AtomicU64,
}

impl Listener {
    pub(crate) fn new(observer: impl Observer) -> Arc<Self> {
        Arc::new(Self::of(observer))
    }

    /// Creates one that no report speaks of.
    pub(crate) fn hidden(observer: impl Observer) -> Arc<Self> {
        let mut listener = Self::of(observer);
        listener.is_hidden = true;
        Arc::new(listener)
    }

    fn of(observer: impl Observer) -> Self {
        let (lines, delivery) = (observer.lines(), observer.delivery());
        let post = Post {
            observer: Box::new(observer),
            panicked: AtomicBool::new(false),
            events: AtomicU64::new(0),
            dropped: AtomicU64::new(0),
        };
        let way = match delivery {
            Delivery::Inline => Way::Inline(post),
            Delivery::Queued(places) => Way::Queued(Queue::new(post, places)),
        };
        Self { lines, way, is_hidden: false }
    }

    pub(crate) fn is_hidden(&self) -> bool {
        self.is_hidden
    }

    /// Returns what the observer wants to know of lines.
    pub(crate) fn lines(&self) -> LineInterest {
        self.lines
    }

    /// Hands over an event, or puts it into the queue.
    pub(crate) fn tell(&self, event: &Event) {
        if matches!(event.kind, EventKind::Lines(_)) && self.lines != LineInterest::Read {
            return;
        }
        match &self.way {
            Way::Inline(post) => post.hand_over(event),
            Way::Queued(queue) => queue.put(event),
        }
    }

    /// Waits until the observer has had everything so far, for `limit` at most; blocks the thread.
    pub(crate) fn flush(&self, limit: Duration) {
        if let Way::Queued(queue) = &self.way {
            queue.flush(limit);
        }
    }

    /// Returns what has become of the events so far.
    pub(crate) fn delivered(&self) -> Delivered {
        match &self.way {
            Way::Inline(post) => post.delivered(),
            Way::Queued(queue) => queue.delivered(),
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Way::Queued(queue) = &self.way {
            queue.close();
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener").field("lines", &self.lines).field("delivered", &self.delivered()).finish()
    }
}

impl Post {
    /// Hands over an event, unless the observer has panicked.
    pub(super) fn hand_over(&self, event: &Event) {
        if self.panicked.load(Ordering::Relaxed) {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        // What has panicked is not called again, so that nobody sees what it left half done.
        match catch_unwind(AssertUnwindSafe(|| self.observer.event(event))) {
            Ok(()) => drop(self.events.fetch_add(1, Ordering::Relaxed)),
            Err(panic) => {
                self.dropped.fetch_add(1, Ordering::Relaxed);
                if !self.panicked.swap(true, Ordering::Relaxed) {
                    let text = panic_text(&*panic).unwrap_or("of an unknown kind");
                    let event = event.kind.name();
                    tracing::warn!(target: "cuprum::event", event, panic = text, "an observer has panicked");
                }
                // What was thrown may panic when it is dropped.
                let _ = catch_unwind(AssertUnwindSafe(|| drop(panic)));
            }
        }
    }

    pub(super) fn drop_one(&self) {
        self.dropped.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn delivered(&self) -> Delivered {
        Delivered {
            events: self.events.load(Ordering::Relaxed),
            dropped: self.dropped.load(Ordering::Relaxed),
            waiting: 0,
            panicked: self.panicked.load(Ordering::Relaxed),
        }
    }
}
