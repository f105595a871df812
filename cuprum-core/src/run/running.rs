//! The lazy future of a run, and its blocking twin.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::job::{Job, Look};
use super::{background, engine};
use crate::context::{Cx, Rules};
use crate::error::{Error, Result};
use crate::outcome::Outcome;
use crate::spec::Line;

/// A run that starts when it is first polled, or when it is [waited](Self::wait) for.
///
/// It uses the context that is current at that moment, unless it was made by a method of
/// [`Cx`](crate::Cx). On a thread without a Tokio runtime the run takes place on Cuprum's own
/// background runtime; otherwise on the caller's, which must have its I/O and time drivers enabled.
///
/// # Cancel safety
///
/// Dropping the future returns at once. A process that was started is torn down in the background:
/// its group is asked to end, and killed after a grace.
#[must_use = "nothing runs until the future is awaited or waited for"]
pub struct Running<T> {
    state: State<T>,
}

/// What becomes of the job when it is its turn.
type Begin<T> = Box<dyn FnOnce(Job) -> Work<T> + Send>;
pub(super) type Work<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

enum State<T> {
    Lazy(Lazy<T>),
    Polled(Work<T>),
    /// Only while the one is turned into the other, and after the end.
    Done,
}

struct Lazy<T> {
    line: Box<Line>,
    rules: Option<Arc<Rules>>,
    looks: Vec<Look>,
    begin: Begin<T>,
}

impl<T> Lazy<T> {
    /// Fixes the context now, and returns the run as a plain future.
    fn work(self) -> Work<T> {
        let rules = self.rules.unwrap_or_else(Rules::current);
        (self.begin)(Job::new(self.line, rules).with_looks(self.looks))
    }
}

impl<T: Send + 'static> Running<T> {
    pub(super) fn new<F>(line: Line, begin: impl FnOnce(Job) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let begin: Begin<T> = Box::new(|job| Box::pin(begin(job)));
        Self { state: State::Lazy(Lazy { line: Box::new(line), rules: None, looks: Vec::new(), begin }) }
    }

    /// Uses this context instead of the current one.
    pub(super) fn under<A>(mut self, cx: &Cx<A>) -> Self {
        if let State::Lazy(lazy) = &mut self.state {
            lazy.rules = Some(cx.rules());
        }
        self
    }

    /// Calls `look` with the outcome when the command has ended, before its output is read.
    ///
    /// It is called whichever exit code the command had and whatever stopped it, and not at all if it could
    /// not be started.
    pub fn inspect(mut self, look: impl FnOnce(&Outcome) + Send + 'static) -> Self {
        if let State::Lazy(lazy) = &mut self.state {
            lazy.looks.push(Box::new(look));
        }
        self
    }

    /// Runs the command and blocks the thread until it is done.
    ///
    /// It works on any thread, inside a runtime, too, where it blocks one of the runtime's threads:
    /// the run itself takes place on Cuprum's background runtime.
    ///
    /// A run that was polled before belongs to the runtime that polled it, and is torn down.
    ///
    /// # Errors
    ///
    /// As awaiting it.
    pub fn wait(mut self) -> Result<T> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Lazy(lazy) => background::block_on(lazy.work()),
            State::Polled(_) => Err(engine::lost("it was polled before: await it to its end")),
            State::Done => Err(engine::lost("it has ended already")),
        }
    }
}

impl<T: Send + 'static> Future for Running<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        if let State::Lazy(_) = self.state
            && let State::Lazy(lazy) = std::mem::replace(&mut self.state, State::Done)
        {
            let work = lazy.work();
            self.state = State::Polled(match tokio::runtime::Handle::try_current() {
                Ok(_) => work,
                Err(_) => Box::pin(background::spawn(work)),
            });
        }
        let State::Polled(work) = &mut self.state else {
            return Poll::Ready(Err(engine::lost("it has ended already")));
        };
        let result = work.as_mut().poll(context);
        if result.is_ready() {
            self.state = State::Done;
        }
        result
    }
}

// The parts are boxed, so moving a `Running` moves nothing that is pinned.
impl<T> Unpin for Running<T> {}

impl<T> fmt::Debug for Running<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.state {
            State::Lazy(lazy) => f.debug_tuple("Running").field(&lazy.line).finish(),
            State::Polled(_) => f.write_str("Running(polled)"),
            State::Done => f.write_str("Running(done)"),
        }
    }
}

/// Keeps the error type's size out of every poll.
const _: () = assert!(size_of::<Error>() == size_of::<usize>());
