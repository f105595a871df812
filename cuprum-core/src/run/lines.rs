//! The lines of a command while it runs.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::sync::mpsc;

use super::job::Job;
use super::taps::Wanted;
use super::{background, engine};
use crate::context::{Cx, Rules};
use crate::error::Result;
use crate::outcome::{Outcome, PipelineOutcome};
use crate::spec::Stages;
use crate::stream::{Batch, Line, Source, Tap};

/// How many lines are handed to a thread that waits at once.
const TOGETHER: usize = 1024;

/// How many batches wait for their reader before the command has to.
const WAITING: usize = 16;

/// The lines of a command, as they come, on the outputs that are captured; made by
/// [`Follow::lines`](super::Follow::lines).
///
/// It is a [`Stream`](futures_core::Stream), and nothing starts until it is polled. Lines of one stream
/// are in order; how those of two streams lie between each other is not certain, since the command
/// writes to two pipes, unless they are merged ([`Stdio::Merged`](crate::spec::Stdio::Merged)). A reader that
/// is slower than the command makes it wait, unless it is [lossy](Self::lossy). A line of more than 1 MiB
/// comes in pieces ([`LineEnd::Cut`](crate::stream::LineEnd::Cut)).
///
/// The command is looked after while lines are asked for: a limit that is reached in between ends it when the next one
/// is, unless the reading is [lossy](Self::lossy), which looks after it all the time.
///
/// Where lines are many and each is only looked at, [`for_each_line`](super::Follow::for_each_line) does
/// without a copy of each.
///
/// The error of the run, if there is one, is the last item; a failure to start is the only one.
///
/// # Cancel safety
///
/// No line is lost when a future of [`next`](Self::next) is dropped. Dropping the lines themselves tears
/// the command down in the background.
#[must_use = "nothing runs until the lines are read"]
pub struct Lines {
    state: State,
    wanted: Wanted,
    lossy: bool,
    /// The context, if it is fixed already.
    rules: Option<Arc<Rules>>,
    outcome: Option<Outcome>,
}

type Work = Pin<Box<dyn Future<Output = Result<Outcome>> + Send>>;

enum State {
    Lazy(Box<Stages>),
    Running {
        receiver: mpsc::Receiver<Batch>,
        /// Lines that came together with one that was read already.
        batch: Option<Batch>,
        work: Option<Work>,
        result: Option<Box<Result<Outcome>>>,
    },
    Ended,
}

impl Lines {
    pub(super) fn new(stages: Stages) -> Self {
        Self {
            state: State::Lazy(Box::new(stages)),
            wanted: Wanted::ALL,
            lossy: false,
            rules: None,
            outcome: None,
        }
    }

    /// Uses this context instead of the current one.
    pub(super) fn under<A>(mut self, cx: &Cx<A>) -> Self {
        self.rules = Some(cx.rules());
        self
    }

    /// Reads the lines of this stream only. It must be captured, or the run is refused.
    ///
    /// As the other two below, it has an effect only before the first line is asked for.
    pub fn only(mut self, source: Source) -> Self {
        self.wanted.only = Some(source);
        self
    }

    /// Cuts lines that are longer than this many bytes; otherwise those of more than 1 MiB are.
    pub fn longest(mut self, bytes: usize) -> Self {
        self.wanted.longest = bytes;
        self
    }

    /// Lets the command run on when the reader is slow: what it has no room for is dropped, some hundred
    /// lines at a time, and counted in [`Captured::lines_dropped`](crate::outcome::Captured::lines_dropped).
    ///
    /// The command then runs on Cuprum's background runtime, so that it does so even if nobody asks for lines.
    pub fn lossy(mut self) -> Self {
        self.lossy = true;
        self
    }

    /// Returns the next line; `None` when the command has ended.
    ///
    /// # Errors
    ///
    /// As [`Run::run`](super::Run::run), as the last item.
    pub async fn next(&mut self) -> Option<Result<Line>> {
        std::future::poll_fn(|context| self.poll_line(context)).await
    }

    /// Returns all that is known of the command, or of a pipeline's last stage, when the last line has been read and
    /// it succeeded.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Reads the lines on this thread, which blocks until each of them has come.
    ///
    /// The command runs on Cuprum's background runtime, from the first line that is asked for.
    pub fn wait(self) -> WaitLines {
        WaitLines { lines: Some(self), ready: VecDeque::new() }
    }

    fn poll_line(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Line>>> {
        if let State::Lazy(_) = self.state
            && let State::Lazy(stages) = std::mem::replace(&mut self.state, State::Ended)
        {
            let rules = self.rules.take().unwrap_or_else(Rules::current);
            self.state = start(*stages, rules, self.wanted, self.lossy);
        }
        let State::Running { receiver, batch, work, result } = &mut self.state else {
            return Poll::Ready(None);
        };
        if let Some(line) = batch.as_mut().and_then(Batch::next) {
            return Poll::Ready(Some(Ok(line)));
        }
        // The work is polled first: it is what makes lines, and it waits where too many are unread.
        let ended = poll_work(work, result, context);
        let Some(lines) = std::task::ready!(receiver.poll_recv(context)) else {
            // The work had the senders, so the lines end before it, if it takes place on another thread.
            if ended.is_pending() {
                std::task::ready!(poll_work(work, result, context));
            }
            let result = result.take();
            self.state = State::Ended;
            return Poll::Ready(match result.map(|result| *result) {
                Some(Ok(outcome)) => {
                    self.outcome = Some(outcome);
                    None
                }
                Some(Err(error)) => Some(Err(error)),
                None => Some(Err(engine::lost("the run panicked"))),
            });
        };
        // No batch is empty.
        Poll::Ready(batch.insert(lines).next().map(Ok))
    }
}

/// Polls what makes the lines, unless it has ended, and keeps its result.
fn poll_work(
    work: &mut Option<Work>,
    result: &mut Option<Box<Result<Outcome>>>,
    context: &mut Context<'_>,
) -> Poll<()> {
    if let Some(running) = work {
        *result = Some(Box::new(std::task::ready!(running.as_mut().poll(context))));
        *work = None;
    }
    Poll::Ready(())
}

/// Fixes the context now, and starts what makes the lines.
fn start(stages: Stages, rules: Arc<Rules>, wanted: Wanted, lossy: bool) -> State {
    let is_home = rules.backend.is_home();
    let (sender, receiver) = mpsc::channel(WAITING);
    let work: Work = Box::pin(async move {
        let job = Job::new(stages, &rules).await?;
        let taps = wanted.taps(&job, |cutter| Tap::channel(cutter, sender.clone(), lossy))?;
        drop(sender);
        let outcome = engine::execute(&job, &rules, taps).await?;
        job.checked(outcome).map(PipelineOutcome::into_final_stage)
    });
    // A lab's own executor is the only place for its runs.
    let elsewhere = !is_home || (lossy && tokio::runtime::Handle::try_current().is_ok());
    let work = if elsewhere { Box::pin(background::spawn(work)) } else { work };
    State::Running { receiver, batch: None, work: Some(work), result: None }
}

impl futures_core::Stream for Lines {
    type Item = Result<Line>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Line>>> {
        self.poll_line(context)
    }
}

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.state {
            State::Lazy(stages) => f.debug_tuple("Lines").field(stages).finish(),
            State::Running { .. } => f.write_str("Lines(running)"),
            State::Ended => f.write_str("Lines(ended)"),
        }
    }
}

/// The lines of a command, for a thread that waits for each. Made by [`Lines::wait`].
#[derive(Debug)]
pub struct WaitLines {
    lines: Option<Lines>,
    ready: VecDeque<Result<Line>>,
}

impl Iterator for WaitLines {
    type Item = Result<Line>;

    fn next(&mut self) -> Option<Result<Line>> {
        if self.ready.is_empty() {
            let lines = self.lines.take()?;
            let rules = Rules::current();
            match background::block_on(async move { Ok(several(Cx::under(rules), lines).await) }) {
                Ok((lines, ready)) => (self.lines, self.ready) = (lines, ready),
                Err(error) => self.ready.push_back(Err(error)),
            }
        }
        self.ready.pop_front()
    }
}

/// Waits for a line and takes those that have come with it; gives the lines back unless they have ended.
async fn several(cx: Cx, mut lines: Lines) -> (Option<Lines>, VecDeque<Result<Line>>) {
    let mut ready = VecDeque::new();
    // The context is that of the thread which waits.
    let Some(first) = cx.scope(lines.next()).await else { return (None, ready) };
    ready.push_back(first);
    while ready.len() < TOGETHER {
        match std::future::poll_fn(|context| Poll::Ready(lines.poll_line(context))).await {
            Poll::Ready(Some(line)) => ready.push_back(line),
            Poll::Ready(None) => return (None, ready),
            Poll::Pending => break,
        }
    }
    (Some(lines), ready)
}
