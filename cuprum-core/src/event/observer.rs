//! Who is told of runs, what they want to know, and how it comes to them.

use super::Event;

/// Watches runs. It cannot alter, fail, reorder or hold up a run.
///
/// Closures that take a `&Event` are observers. Which lines it is given and how events come to it is asked once,
/// when it is registered.
///
/// # Panics
///
/// A panic of an observer is caught and reported once through `tracing`, at the level WARN with the target
/// `cuprum::event`; that observer gets no more events.
pub trait Observer: Send + Sync + 'static {
    /// Takes an event.
    ///
    /// The events of one run come in the order of their [sequence](Event::sequence); those of runs that go on at
    /// the same time come from several threads at once if the delivery is [`Inline`](Delivery::Inline).
    fn event(&self, event: &Event);

    /// Returns what it wants to know of the lines that commands print.
    fn lines(&self) -> LineInterest {
        LineInterest::Ignored
    }

    /// Returns how events come to it.
    fn delivery(&self) -> Delivery {
        Delivery::default()
    }
}

impl<F: Fn(&Event) + Send + Sync + 'static> Observer for F {
    fn event(&self, event: &Event) {
        self(event);
    }
}

/// What an observer wants to know of the lines that commands print.
///
/// Only streams that are captured have lines: the last standard output of a pipeline, and each standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineInterest {
    /// Nothing. If that holds for all observers, no line is looked for.
    #[default]
    Ignored,
    /// How many there were, at the end.
    Counted,
    /// Every line, in events of the kind [`Lines`](super::EventKind::Lines), and how many there were.
    Read,
}

/// How events come to an observer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// On a thread of the observer's own, through a queue of so many events.
    ///
    /// Events come there within a few milliseconds. No run waits for such an observer, and none notices if it is
    /// slow, or never returns. What does not fit into the queue is dropped and counted. Lines are kept for it only up
    /// to three quarters of the queue, and up to 16 KiB for each place in it, so that starts and ends find room where
    /// lines come too fast.
    Queued(usize),
    /// Where the run is, on its thread, before the run goes on.
    ///
    /// It is for observers that are quick and never block. A run waits for them. They must not run commands
    /// under a context that they observe.
    Inline,
}

/// 1024 events.
impl Default for Delivery {
    fn default() -> Self {
        Self::Queued(1024)
    }
}
