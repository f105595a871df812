//! The lines of a command while it runs.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::mpsc;

use super::job::Job;
use super::streams::Taps;
use super::{background, engine};
use crate::context::{Cx, Rules};
use crate::error::Result;
use crate::outcome::{Outcome, PipelineOutcome};
use crate::spec::Stages;
use crate::stream::{Line, Source, Tap};

/// How many lines wait for their reader before the command has to.
const WAITING: usize = 1024;

/// How long a line may be before it is cut into pieces.
const LONGEST: usize = 1 << 20;

/// The lines of a command, as they come, on both streams; made by [`Run::lines`](super::Run::lines).
///
/// It is a [`Stream`](futures_core::Stream), and nothing starts until it is polled. Lines of one stream
/// are in order; how those of two streams lie between each other is not certain, since the command
/// writes to two pipes. A reader that is slower than the command makes it wait. A line of more than 1 MiB
/// comes in pieces ([`LineEnd::Cut`](crate::stream::LineEnd::Cut)).
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
    outcome: Option<Outcome>,
}

type Work = Pin<Box<dyn Future<Output = Result<Outcome>> + Send>>;

enum State {
    Lazy(Box<Stages>),
    Running { receiver: mpsc::Receiver<Line>, work: Option<Work>, result: Option<Box<Result<Outcome>>> },
    Ended,
}

impl Lines {
    pub(super) fn new(stages: Stages) -> Self {
        Self { state: State::Lazy(Box::new(stages)), outcome: None }
    }

    /// Returns the next line; `None` when the command has ended.
    ///
    /// # Errors
    ///
    /// As [`Run::run`](super::Run::run), as the last item.
    pub async fn next(&mut self) -> Option<Result<Line>> {
        std::future::poll_fn(|context| self.poll_line(context)).await
    }

    /// Returns all that is known of the command, or of a pipeline's last stage, when the last line has been read and it succeeded.
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
            self.state = start(*stages);
        }
        let State::Running { receiver, work, result } = &mut self.state else { return Poll::Ready(None) };
        // The work is polled first: it is what makes lines, and it waits where too many are unread.
        if let Some(running) = work
            && let Poll::Ready(ended) = running.as_mut().poll(context)
        {
            *result = Some(Box::new(ended));
            *work = None;
        }
        // The work had the senders, so the lines end after it.
        let Some(line) = std::task::ready!(receiver.poll_recv(context)) else {
            let result = result.take().map(|result| *result);
            self.state = State::Ended;
            return Poll::Ready(match result {
                Some(Ok(outcome)) => {
                    self.outcome = Some(outcome);
                    None
                }
                Some(Err(error)) => Some(Err(error)),
                None => Some(Err(engine::lost("the run panicked"))),
            });
        };
        Poll::Ready(Some(Ok(line)))
    }
}

/// Fixes the context now, and starts what makes the lines.
fn start(stages: Stages) -> State {
    let rules = Rules::current();
    let is_home = rules.backend.is_home();
    let (sender, receiver) = mpsc::channel(WAITING);
    let work: Work = Box::pin(async move {
        let job = Job::new(stages, &rules).await?;
        let last = job.stages.len() - 1;
        let tap = |source| Some(Tap::new(source, LONGEST, sender.clone()));
        let taps = (0..=last).map(|index| Taps {
            stdout: if index == last { tap(Source::Stdout) } else { None },
            stderr: tap(Source::Stderr),
        });
        let taps = taps.collect();
        drop(sender);
        let outcome = engine::execute(&job, &rules, taps).await?;
        job.checked(outcome).map(PipelineOutcome::into_final_stage)
    });
    let work = if is_home { work } else { Box::pin(background::spawn(work)) };
    State::Running { receiver, work: Some(work), result: None }
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
    while ready.len() < WAITING {
        match std::future::poll_fn(|context| Poll::Ready(lines.poll_line(context))).await {
            Poll::Ready(Some(line)) => ready.push_back(line),
            Poll::Ready(None) => return (None, ready),
            Poll::Pending => break,
        }
    }
    (Some(lines), ready)
}
