//! What is told of runs while they go on, to observers that cannot disturb them.
//!
//! An [`Observer`] gets each [`Event`], and is given to a context by [`Cx::with_observer`](crate::Cx::with_observer); a
//! function of an event is one. An event has the [`RunId`] of its run, a number in it, and its [`EventKind`]. Those of
//! logs, metrics and traces are in [`observe`](crate::observe).

// In reading order: `Event`, `id`, `kind` (what has happened), `group` (to what runs several), `lines`, `observer`
// (who is told), `listener` and `queue` (how events come there), `json` (their form for other programs; behind the
// feature `serde`).

mod group;
mod id;
#[cfg(feature = "serde")]
mod json;
mod kind;
mod lines;
mod listener;
mod observer;
mod queue;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub use self::group::{Closed, Group, Opened, Progressed, Retried};
pub use self::id::{InvalidRunId, RunId};
#[cfg(feature = "serde")]
pub use self::json::VERSION;
pub use self::kind::{
    Cancelled, EventKind, Exited, Lost, NotStarted, Printed, Refused, RefusedBy, Started, StdinFailed,
    StdinOperation, StdinWritten, Widened,
};
pub use self::lines::{Iter as LinesIter, Lines};
pub use self::listener::Delivered;
pub(crate) use self::listener::Listener;
pub use self::observer::{Delivery, LineInterest, Observer};
use crate::spec::Invocation;

/// A fact about a run, or about a context. A clone costs next to nothing.
///
/// A command has one [id](Self::id) for all of its events, and so has a pipeline, whose stages are told apart by
/// their [number](Self::stage).
#[derive(Clone, Debug)]
pub struct Event {
    pub(crate) id: RunId,
    pub(crate) parent: Option<RunId>,
    pub(crate) invocation: Option<Arc<Invocation>>,
    pub(crate) sequence: u64,
    pub(crate) at: SystemTime,
    pub(crate) elapsed: Duration,
    pub(crate) kind: EventKind,
}

impl Event {
    /// Returns the id of the run; of what is told of a context, that of one change of it.
    pub fn id(&self) -> RunId {
        self.id
    }

    /// Returns the id of what it runs in: a batch, a graph, a race, a retry, a nursery.
    pub fn parent(&self) -> Option<RunId> {
        self.parent
    }

    /// Returns which stage of a pipeline it is about, counted from 0; a single command is its stage 0.
    ///
    /// The id and the stage together name one process.
    pub fn stage(&self) -> usize {
        self.invocation.as_ref().map_or(0, |invocation| invocation.stage())
    }

    /// Returns its number among the events of the run, counted from 0.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Returns when it happened, by the clock on the wall.
    pub fn at(&self) -> SystemTime {
        self.at
    }

    /// Returns when it happened, from the run's first event on, by a clock that never goes back.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Returns the command that it is about; `None` if it is about what runs several, or about a context.
    pub fn invocation(&self) -> Option<&Arc<Invocation>> {
        self.invocation.as_ref()
    }

    /// Returns what has happened.
    pub fn kind(&self) -> &EventKind {
        &self.kind
    }
}
