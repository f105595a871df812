//! The lazy future of a run, and its blocking twin.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::contained::{Contained, Shown};
use super::job::Job;
use super::{background, engine};
use crate::context::{Cx, Rules};
use crate::error::{Error, Result};
use crate::outcome::{Outcome, PipelineOutcome};
use crate::spec::Stages;

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

/// Makes the run, under the context that is fixed now.
type Start<T> = Box<dyn FnOnce(Arc<Rules>, Look) -> Work<T> + Send>;
pub(super) type Work<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

/// What is shown each outcome before it is read.
pub(super) type Look = Option<Box<dyn FnMut(&Outcome) + Send>>;

enum State<T> {
    Lazy {
        start: Start<T>,
        rules: Option<Arc<Rules>>,
        look: Look,
        shown: Shown,
    },
    Polled(Work<T>),
    /// Only while the one is turned into the other, and after the end.
    Done,
}

impl<T: Send + 'static> Running<T> {
    /// Creates the run of stages whose outcome `finish` reads.
    pub(super) fn stages(
        stages: Stages,
        finish: impl FnOnce(&Job, PipelineOutcome) -> Result<T> + Send + 'static,
    ) -> Self {
        Self::new((&stages).into(), |rules, mut look| {
            Box::pin(async move {
                let (job, outcome) = Job::run(stages, &rules).await?;
                if let Some(look) = &mut look {
                    outcome.stages().for_each(look);
                }
                finish(&job, outcome)
            })
        })
    }

    /// Creates a run that `start` makes when it is first polled; `shown` is what is shown of it until then, and where code
    /// that it calls panics.
    pub(super) fn new(
        shown: Shown,
        start: impl FnOnce(Arc<Rules>, Look) -> Work<T> + Send + 'static,
    ) -> Self {
        Self { state: State::Lazy { start: Box::new(start), rules: None, look: None, shown } }
    }

    /// Returns a run whose result `next` makes of this one's.
    pub(super) fn then<U: Send + 'static>(
        self,
        next: impl FnOnce(T) -> Result<U> + Send + 'static,
    ) -> Running<U> {
        let state = match self.state {
            State::Lazy { start, rules, look, shown } => State::Lazy {
                start: Box::new(|rules, look| {
                    let work = start(rules, look);
                    Box::pin(async move { next(work.await?) })
                }),
                rules,
                look,
                shown,
            },
            State::Polled(work) => State::Polled(Box::pin(async move { next(work.await?) })),
            State::Done => State::Done,
        };
        Running { state }
    }

    /// Uses this context instead of the current one.
    pub(super) fn under<A>(mut self, cx: &Cx<A>) -> Self {
        if let State::Lazy { rules, .. } = &mut self.state {
            *rules = Some(cx.rules());
        }
        self
    }

    /// Calls `look` with the outcome when the command has ended, before its output is read; with that of
    /// each command where there are several.
    ///
    /// It is called whichever exit code a command had, and not at all if it could not be started.
    pub fn inspect(mut self, mut look: impl FnMut(&Outcome) + Send + 'static) -> Self {
        if let State::Lazy { look: looks, .. } = &mut self.state {
            let mut before = looks.take();
            *looks = Some(Box::new(move |outcome| {
                if let Some(before) = &mut before {
                    before(outcome);
                }
                look(outcome);
            }));
        }
        self
    }

    /// Runs the command and blocks the thread until it is done.
    ///
    /// It works on any thread, inside a runtime, too, where it blocks one of the runtime's threads:
    /// the run itself takes place on Cuprum's background runtime.
    ///
    /// A panic of code that it calls is an error of the kind [`Panicked`](crate::ErrorKind::Panicked), since it is
    /// on another thread.
    ///
    /// A run that was polled before belongs to the runtime that polled it, and is torn down.
    ///
    /// # Errors
    ///
    /// As awaiting it.
    pub fn wait(mut self) -> Result<T> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Lazy { start, rules, look, shown } => {
                let rules = rules.unwrap_or_else(Rules::current);
                let shown = shown.under(&rules);
                background::block_on(Contained::new(shown, start(rules, look)))
            }
            State::Polled(_) => Err(engine::lost("it was polled before: await it to its end")),
            State::Done => Err(engine::lost("it has ended already")),
        }
    }
}

impl<T: Send + 'static> Future for Running<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        if let State::Lazy { .. } = self.state
            && let State::Lazy { start, rules, look, shown } = std::mem::replace(&mut self.state, State::Done)
        {
            let rules = rules.unwrap_or_else(Rules::current);
            self.state = State::Polled(match rules.backend.is_home() {
                true => start(rules, look),
                false => {
                    let shown = shown.under(&rules);
                    Box::pin(background::spawn(Contained::new(shown, start(rules, look))))
                }
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
            State::Lazy { shown, .. } => f.debug_tuple("Running").field(&shown.line).finish(),
            State::Polled(_) => f.write_str("Running(polled)"),
            State::Done => f.write_str("Running(done)"),
        }
    }
}

/// Keeps the error type's size out of every poll.
const _: () = assert!(size_of::<Error>() == size_of::<usize>());
