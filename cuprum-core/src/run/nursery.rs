//! Code that starts commands and ends only when all of them have ended.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::combined;
use super::contained::{Contained, Shown};
use super::job::Job;
use super::nursery_open::Open;
use super::running::{Running, Work};
use super::verbs::read;
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind, Result};
use crate::outcome::{CancelKind, Cancellation};
use crate::spec::{CancelToken, Pipeline, Stage};

/// A place where commands are started that end before it does. Given to the body of a [`nursery`].
///
/// Clones are the same nursery. One that outlives the body starts nothing any more.
#[derive(Clone)]
pub struct Nursery {
    pub(super) starts: mpsc::UnboundedSender<Started>,
    pub(super) stop: CancelToken,
    pub(super) rules: Arc<Rules>,
}

/// A command that was started in a [`Nursery`], as a future of its typed output.
///
/// It runs whether it is awaited or not, and dropping this does not stop it. If it fails and nobody has awaited
/// that, it is the nursery that fails.
#[must_use = "a failure that nobody awaits is the nursery's"]
pub struct NurseryChild<O> {
    result: oneshot::Receiver<Result<O>>,
    taken: Arc<AtomicBool>,
    line: String,
}

/// Code that starts commands in a [`Nursery`]; made by [`nursery`].
#[must_use = "nothing runs until it is run"]
pub struct NurseryRun<T> {
    pub(super) body: Box<dyn FnOnce(Nursery) -> Work<T> + Send>,
    pub(super) fail_fast: bool,
    pub(super) timeout: Option<Duration>,
    pub(super) cancel: Vec<CancelToken>,
}

/// Lets `body` start commands, and ends when it and all of them have ended, whichever way.
///
/// When the body fails or panics, the commands are torn down, and waited for. When it succeeds, they run to
/// their end, and the first one whose failure nobody has awaited fails the whole.
///
/// The commands run beside each other, under the context of the nursery, which is current in the body, too.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Deploy;
/// # #[derive(Command)]
/// # #[command(program = Deploy, output = String)]
/// # struct Step { #[arg(positional, allow_hyphen)] name: String }
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
///
/// let lab = Lab::new().on::<Step>(Script::stdout("done"));
/// let text = lab.run(
///     cuprum::nursery(async |nursery| {
///         let database = nursery.start(Step::new("database"));
///         // Runs beside all that follows, and is over when the nursery is.
///         drop(nursery.start(Step::new("cache")));
///         database.await
///     })
///     .run(),
/// )?;
/// assert_eq!(text, "done");
/// assert_eq!(lab.ran().len(), 2);
/// # Ok::<(), cuprum::Error>(())
/// ```
///
/// # Cancel safety
///
/// Dropping a run of it drops the body and tears the commands down in the background.
pub fn nursery<T, F>(body: impl FnOnce(Nursery) -> F + Send + 'static) -> NurseryRun<T>
where
    F: Future<Output = Result<T>> + Send + 'static,
{
    let body = Box::new(|nursery| Box::pin(body(nursery)) as Work<T>);
    NurseryRun { body, fail_fast: false, timeout: None, cancel: Vec::new() }
}

impl Nursery {
    /// Starts a command or a pipeline, at once.
    ///
    /// After [`cancel`](Self::cancel) and after the end of the body, it is not started, and its error is that it
    /// was cancelled.
    pub fn start<S: Stage>(&self, command: S) -> NurseryChild<S::Output> {
        let Pipeline { mut stages, read: reader, .. } = command.into_pipeline();
        stages.limits.cancel.push(self.stop.clone());
        let (rules, shown) = (Arc::clone(&self.rules), Shown::from(&stages).under(&self.rules));
        let line = shown.line.clone();
        let (sender, result) = oneshot::channel();
        let taken = Arc::new(AtomicBool::new(false));
        let is_taken = Arc::clone(&taken);
        let work = Contained::new(shown, async move {
            let (job, outcome) = Job::run(stages, &rules).await?;
            read(&job, outcome, reader)
        });
        // If the nursery is over, both ends are dropped, which the child sees.
        let _ = self.starts.send(Box::pin(async move {
            let result = work.await;
            let error = result.as_ref().err().cloned();
            let _ = sender.send(result);
            (error, is_taken)
        }));
        NurseryChild { result, taken, line }
    }

    /// Tears down all commands of the nursery. The body goes on, and sees their errors, which fail nothing if it
    /// does not.
    pub fn cancel(&self, why: impl Into<Cancellation>) {
        self.stop.cancel_because(why);
    }

    /// Returns the token that is cancelled when the commands are torn down.
    pub fn token(&self) -> &CancelToken {
        &self.stop
    }
}

/// A child on its way; its output is its error, and whether somebody has seen that.
pub(super) type Started = Pin<Box<dyn Future<Output = (Option<Error>, Arc<AtomicBool>)> + Send>>;

impl<O> Future for NurseryChild<O> {
    type Output = Result<O>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<O>> {
        let result = ready!(Pin::new(&mut self.result).poll(context));
        self.taken.store(true, Ordering::Release);
        Poll::Ready(result.unwrap_or_else(|_| {
            let why = Cancellation::new(CancelKind::Parent).message("its nursery has ended");
            Err(Error::new(ErrorKind::Cancelled, "", self.line.clone(), Cause::Cancelled(why)))
        }))
    }
}

impl<T: Send + 'static> NurseryRun<T> {
    /// Lets the first command that fails stop the others; otherwise they run to their end.
    ///
    /// The body goes on, and sees the errors of those that were stopped. If that is why it fails, too, the error
    /// of the whole is the first failure.
    pub fn fail_fast(mut self) -> Self {
        self.fail_fast = true;
        self
    }

    /// Stops the whole when it has taken this long: the body is dropped where it waits, and the commands are torn
    /// down and waited for.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Stops the whole when `token` is cancelled, as after a [timeout](Self::timeout); the tokens of the context
    /// do so, too.
    pub fn cancelled_by(mut self, token: &CancelToken) -> Self {
        self.cancel.push(token.clone());
        self
    }

    /// Runs the body and returns what it returns, when all commands have ended.
    ///
    /// # Errors
    ///
    /// The body's error or panic, the first failure of a command that nobody has awaited, the timeout, and a
    /// cancellation.
    pub fn run(self) -> Running<T> {
        Running::new("a nursery".into(), move |rules, _| {
            Box::pin(async move {
                combined::timeout(self.timeout)?;
                Open::new(self, rules).run().await
            })
        })
    }
}

impl fmt::Debug for Nursery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nursery").field("stop", &self.stop).finish_non_exhaustive()
    }
}

impl<O> fmt::Debug for NurseryChild<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NurseryChild").field(&self.line).finish()
    }
}

impl<T> fmt::Debug for NurseryRun<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fail_fast, timeout, .. } = self;
        f.debug_struct("NurseryRun")
            .field("fail_fast", fail_fast)
            .field("timeout", timeout)
            .finish_non_exhaustive()
    }
}
