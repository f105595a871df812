//! The handle of a running command: signals, streams, waiting for its end as often as one likes.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{oneshot, watch};

use super::ended::{Ended, SharedOutcome, View};
use super::engine::{self, OnStart};
use super::job::Job;
use super::pipes::{ChildOutput, ChildStdin};
use super::running::Look;
use super::streams::Pipes;
use super::target::Target;
use super::{Waiting, background, verbs};
use crate::backend::Signal;
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind, Result};
use crate::outcome::Outcome;
use crate::spec::{CancelToken, OutputError, Stages};
use crate::stream::Source;

/// A running command. Made by [`Follow::spawn`](super::Follow::spawn). Clones are the same command.
///
/// Awaiting the handle, or a reference to it, waits for the end and returns the typed output, as
/// [`run`](super::Run::run) would; [`wait`](Self::wait) does it on a thread that blocks. Any number of
/// tasks and threads may wait, and all get the same outcome. The command runs on Cuprum's background
/// runtime, whatever becomes of the runtime that started it, and every limit of the command and its context
/// holds.
///
/// # Dropping
///
/// When the last handle is dropped, and nobody waits, the command's group is asked to end at once, and killed
/// after its grace, in the background. [`leave_running`](Self::leave_running) lets it live.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Build;
/// # #[derive(Command)]
/// # #[command(program = Build, output = String)]
/// # struct Nightly {}
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
///
/// let lab = Lab::new().on::<Nightly>(Script::stdout("done\n"));
/// let build = lab.cx().spawn(Nightly::new()).wait()?;
/// let other = build.clone();
/// assert_eq!(build.wait()?, "done");
/// assert!(other.output().wait()?.status().success());
/// # Ok::<(), cuprum::Error>(())
/// ```
#[doc(alias = "Handle")]
#[doc(alias = "JoinHandle")]
#[must_use = "the command is ended when its last handle is dropped"]
pub struct Child<O, T = Outcome> {
    running: Arc<Running>,
    read: fn(&Outcome) -> Result<O, OutputError>,
    outcome: PhantomData<fn() -> T>,
}

/// What all handles of one command share.
pub(super) struct Running {
    pub(super) job: Arc<Job>,
    pub(super) ended: watch::Receiver<Option<Ended>>,
    targets: Vec<Target>,
    pids: Vec<u32>,
    cancel: CancelToken,
    pipes: Mutex<Pipes>,
    /// Nobody's drop ends it.
    left: AtomicBool,
}

impl<O: Send + 'static, T: View> Child<O, T> {
    /// Plans and starts the stages, and returns when all of them execute their programs.
    pub(super) async fn start(
        stages: Stages,
        rules: Arc<Rules>,
        look: Look,
        read: fn(&Outcome) -> Result<O, OutputError>,
    ) -> Result<Self> {
        let cancel = CancelToken::new();
        let job = Arc::new(Job::new(stages, &rules).await?.cancelled_by(&cancel));
        let (sender, mut ended) = watch::channel(None);
        let (started, start) = oneshot::channel();
        let on_start: OnStart = {
            let (job, ended) = (Arc::clone(&job), ended.clone());
            Box::new(move |targets, pipes| {
                let pids = targets.iter().map(Target::pid).collect();
                let (pipes, left) = (Mutex::new(pipes), AtomicBool::new(false));
                // If nobody waits for the start any more, this drops the only handle.
                let _ = started.send(Arc::new(Running { job, ended, targets, pids, cancel, pipes, left }));
            })
        };
        let backend = Arc::clone(&rules.backend);
        background::detach(&*backend, drive(job, rules, look, on_start, sender));
        match start.await {
            Ok(running) => Ok(Self { running, read, outcome: PhantomData }),
            // It ended without having started; its end is told a little later than that.
            Err(_) => Err(match ended.wait_for(Option::is_some).await.as_deref() {
                Ok(Some(Err(error))) => error.clone(),
                _ => engine::lost("the run was given up"),
            }),
        }
    }

    /// Waits for the end on this thread, and returns the typed output.
    ///
    /// # Errors
    ///
    /// What [`run`](super::Run::run) returns once a command has started: an exit code that is not accepted, a
    /// signal, a limit that it exceeded, its cancellation, an output that is not what its type expects. On
    /// Cuprum's background thread, which runs the command, it refuses to wait.
    pub fn wait(&self) -> Result<O> {
        self.into_future().wait()
    }

    /// Waits for the end and returns all that is known; no exit code is a failure.
    ///
    /// As long as it waits it is a handle, too.
    pub fn output(&self) -> Waiting<SharedOutcome<T>> {
        Waiting::new(Arc::clone(&self.running), |_, outcome| Ok(SharedOutcome::new(outcome)))
    }

    /// Returns all that is known if the command has ended, and `None` while it runs.
    ///
    /// # Errors
    ///
    /// A limit that it exceeded, or its cancellation; not an exit code.
    pub fn try_wait(&self) -> Result<Option<SharedOutcome<T>>> {
        match &*self.running.ended.borrow() {
            None => Ok(None),
            Some(Ok(outcome)) => Ok(Some(SharedOutcome::new(Arc::clone(outcome)))),
            Some(Err(error)) => Err(error.clone()),
        }
    }
}

/// Runs the job to its end and tells everybody.
async fn drive(
    job: Arc<Job>,
    rules: Arc<Rules>,
    mut look: Look,
    on_start: OnStart,
    sender: watch::Sender<Option<Ended>>,
) {
    let result = engine::execute_for(&job, &rules, Vec::new(), Some(on_start)).await;
    if let (Ok(outcome), Some(look)) = (&result, &mut look) {
        outcome.stages().for_each(look);
    }
    sender.send_replace(Some(result.map(Arc::new)));
}

impl<O, T> Child<O, T> {
    /// Returns the process id, which is the group's id, too; of a pipeline, that of its last stage.
    ///
    /// Once the command has ended it may belong to another process: [`signal`](Self::signal) knows that, and
    /// a call of one's own does not.
    #[doc(alias = "id")]
    pub fn pid(&self) -> u32 {
        self.running.pids.last().copied().unwrap_or(0)
    }

    /// Returns the process ids of all stages, in their order.
    pub fn pids(&self) -> &[u32] {
        &self.running.pids
    }

    /// Sends a signal to the command's group; of a pipeline, to the group of each stage.
    ///
    /// It reaches nobody else: a process is reaped only where no signal can be on its way. If the command
    /// has ended, nothing is sent, and that is no error. What the signal does is not waited for; a command
    /// that it ends has ended by itself, so the error is of the kind [`Signal`](ErrorKind::Signal). To end a
    /// command for sure, [`cancel`](Self::cancel) it.
    ///
    /// # Errors
    ///
    /// What the kernel says, for example that no process of the group may be signalled.
    #[doc(alias = "kill")]
    pub fn signal(&self, signal: Signal) -> Result<()> {
        let sent = self.running.targets.iter().try_for_each(|target| target.signal(signal));
        sent.map_err(|error| self.running.job.whole(ErrorKind::Io, Cause::Io(error)))
    }

    /// Ends the command: its group is asked to end, and killed after its grace.
    ///
    /// It returns at once; whoever waits gets an error of the kind [`Cancelled`](ErrorKind::Cancelled) with
    /// all that was printed. If the command has ended already, nothing changes.
    pub fn cancel(&self) {
        self.running.cancel.cancel();
    }

    /// Lets the command live when all handles are gone.
    ///
    /// It is still waited for in the background, what it prints is read, and its limits hold. When this
    /// process ends, nobody reads its streams any more: give a command that is to outlive its parent
    /// `Stdio::Null` or a file, and a [session](crate::IntoSafe::session).
    #[doc(alias = "detach")]
    pub fn leave_running(self) {
        self.running.left.store(true, Ordering::Relaxed);
    }

    /// Takes the writing end of standard input, if that is [`Stdin::Piped`](crate::spec::Stdin::Piped) and
    /// nobody has taken it.
    ///
    pub fn take_stdin(&self) -> Option<ChildStdin> {
        self.pipes(|pipes| pipes.stdin.take()).map(ChildStdin::new)
    }

    /// Takes the reading end of standard output, if that is [`Stdio::Piped`](crate::spec::Stdio::Piped) and
    /// nobody has taken it; of a pipeline, that of its last stage.
    ///
    /// It must be read, or the command will wait for that. What is read here is in no outcome, and counts for
    /// no budget and no idle timeout.
    pub fn take_stdout(&self) -> Option<ChildOutput> {
        let pipe = self.pipes(|pipes| pipes.stdout.take())?;
        Some(ChildOutput { pipe, stage: self.last_stage(), source: Source::Stdout })
    }

    /// Takes the reading end of standard error; it is as with [`take_stdout`](Self::take_stdout).
    pub fn take_stderr(&self) -> Option<ChildOutput> {
        let pipe = self.pipes(|pipes| pipes.stderr.take())?;
        Some(ChildOutput { pipe, stage: self.last_stage(), source: Source::Stderr })
    }

    fn last_stage(&self) -> usize {
        self.running.job.stages.len() - 1
    }

    fn pipes<P>(&self, take: impl FnOnce(&mut Pipes) -> P) -> P {
        // Nothing panics while it is held.
        take(&mut self.running.pipes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<O: Send + 'static, T> IntoFuture for &Child<O, T> {
    type Output = Result<O>;
    type IntoFuture = Waiting<O>;

    fn into_future(self) -> Waiting<O> {
        let read = self.read;
        Waiting::new(Arc::clone(&self.running), move |job, outcome| verbs::read(job, outcome, read))
    }
}

impl<O: Send + 'static, T> IntoFuture for Child<O, T> {
    type Output = Result<O>;
    type IntoFuture = Waiting<O>;

    fn into_future(self) -> Waiting<O> {
        (&self).into_future()
    }
}

impl<O, T> Clone for Child<O, T> {
    fn clone(&self) -> Self {
        Self { running: Arc::clone(&self.running), read: self.read, outcome: PhantomData }
    }
}

impl<O, T> fmt::Debug for Child<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &*self.running.ended.borrow() {
            None => "running",
            Some(_) => "ended",
        };
        let line = self.running.job.command_line();
        f.debug_struct("Child")
            .field("line", &line)
            .field("pids", &self.running.pids)
            .field("state", &state)
            .finish()
    }
}

/// The last handle is gone.
impl Drop for Running {
    fn drop(&mut self) {
        if !*self.left.get_mut() && self.ended.borrow().is_none() {
            // Asked at once, and not only on the background thread: this process may be about to exit.
            for signal in [Signal::Term, Signal::Cont] {
                self.targets.iter().for_each(|target| drop(target.signal(signal)));
            }
            self.cancel.cancel();
        }
    }
}

/// The error of a handle that nobody can wait for here.
pub(super) fn on_background_thread() -> Error {
    engine::lost("Cuprum's own thread runs the command, and cannot wait for its end")
}
