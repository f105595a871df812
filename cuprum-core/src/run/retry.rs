//! Runs a command again after a failure that may pass.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

use super::batch::Reader;
use super::choice::code;
use super::combined::{self, least, remaining};
use super::contained::{Contained, Shown, contained};
use super::contest::Finish;
use super::ending::{Ending, Settled};
use super::group::Together;
use super::job::Job;
use super::running::{Look, Running};
use super::telling::permitted;
use super::verbs::{Run, failed, read};
use super::watch;
use crate::context::{Cx, Rules};
use crate::error::{Error, ErrorKind, Result};
use crate::event::Group;
use crate::outcome::PipelineOutcome;
use crate::plan::PipelinePlan;
use crate::spec::{CancelToken, FromOutput as _, Pipeline, Stage, Stages};

/// A command or a pipeline that is run again after a failure that may pass; made by [`retry`].
#[must_use = "a retry does nothing until it is run"]
pub struct Retry<O, P> {
    command: Pipeline<O, P>,
    rule: Rule,
}

struct Rule {
    when: Box<dyn FnMut(&Error) -> bool + Send>,
    delays: Box<dyn Iterator<Item = Duration> + Send>,
    idempotent: bool,
    timeout: Option<Duration>,
}

/// Runs a command, and again after each failure for which `when` says so.
///
/// There is no default for `when`: only the caller knows which failures pass. [`retry_when`](super::retry_when)
/// has the usual ones. A cancellation, a program that the context does not permit, a panic and the end of the
/// [timeout](Retry::timeout) of the whole are final, whatever it says.
///
/// By default there are three more attempts, after pauses of 1, 2 and 4 seconds; see
/// [`backoff`](Retry::backoff). Each verb but [`output`](Run::output) fails with the error of the last attempt,
/// and those of the [others](Error::others) are with it.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Curl;
/// # #[derive(Command)]
/// # #[command(program = Curl, tier = read, output = String)]
/// # struct Fetch { #[arg(positional, allow_hyphen)] page: String }
/// use std::time::Duration;
///
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
/// use cuprum::run::retry_when;
///
/// const CANNOT_CONNECT: i32 = 7;
/// let lab = Lab::new().on_each::<Fetch>([Script::exit(CANNOT_CONNECT), Script::stdout("page")]);
/// let fetch = cuprum::retry(Fetch::new("example.org"), retry_when::exit_code([CANNOT_CONNECT]));
/// assert_eq!(lab.run(fetch.run())?, "page");
/// assert_eq!(lab.now(), Duration::from_secs(1));
/// # Ok::<(), cuprum::Error>(())
/// ```
///
/// # Errors
///
/// Before anything is started, every verb fails for a program that the context does not permit, an input that can
/// be read only once (a reader, an open file, the parent's own), a timeout of zero, and a command of a
/// [tier](crate::Tier) above read, unless [`idempotent`](Retry::idempotent) was said.
///
/// # Cancel safety
///
/// Dropping a run of it tears down the attempt that is running.
pub fn retry<S: Stage>(
    command: S,
    when: impl FnMut(&Error) -> bool + Send + 'static,
) -> Retry<S::Output, S::Programs> {
    let rule = Rule {
        when: Box::new(when),
        delays: Box::new(ExponentialBuilder::default().build()),
        idempotent: false,
        timeout: None,
    };
    Retry { command: command.into_pipeline(), rule }
}

impl<O, P> Retry<O, P> {
    /// Sets the pauses before the second attempt, the third, and so on; when there are no more, the last failure
    /// is final.
    ///
    /// It is a builder of [backon](https://docs.rs/backon), or an iterator. Time is that of the context, virtual in
    /// a lab. The jitter of a builder is random unless it has a seed.
    pub fn backoff<B: BackoffBuilder>(mut self, backoff: B) -> Self
    where
        B::Backoff: 'static,
    {
        self.rule.delays = Box::new(backoff.build());
        self
    }

    /// Says that a command that changes something may be run again, after an attempt that got half-way.
    pub fn idempotent(mut self) -> Self {
        self.rule.idempotent = true;
        self
    }

    /// Limits the time of all attempts and pauses together; the command's own timeout is for one attempt.
    ///
    /// An attempt that is running then is stopped by a timeout. A pause that would end later is not begun: the
    /// failure before it is final.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.rule.timeout = Some(limit);
        self
    }
}

impl<O: Send + 'static, P> Retry<O, P> {
    /// Runs it and returns what became of each attempt, with the typed output.
    ///
    /// # Errors
    ///
    /// What is refused before anything is started, and a panic of the function that says which failures pass.
    pub fn results(self) -> Running<Settled<O>> {
        self.settled(|item, job, outcome| read(job, outcome, item))
    }

    fn settled<T: Send + 'static>(self, finish: Finish<O, T>) -> Running<Settled<T>> {
        let Pipeline { stages, read, .. } = self.command;
        let rule = self.rule;
        let shown = Shown::from(&stages);
        Running::new(shown.clone(), move |rules, look| {
            Box::pin(async move {
                permitted(&stages, &rules)?;
                check(&stages, &rule)?;
                let (together, rules) = Together::open(Group::Retry, None, rules);
                let endings = Vec::new();
                let shown = shown.under(&rules);
                Attempts { stages, shown, reader: read, rules, finish, look, endings, together }
                    .run(rule)
                    .await
            })
        })
    }
}

/// Checks everything that can be known before the first attempt.
fn check(stages: &Stages, rule: &Rule) -> Result<()> {
    combined::timeout(rule.timeout)?;
    if !rule.idempotent {
        combined::harmless(stages, "may be run again")?;
    }
    combined::repeatable(stages)
}

/// The attempts of a retry.
struct Attempts<O, T> {
    stages: Stages,
    shown: Shown,
    reader: Reader<O>,
    rules: Arc<Rules>,
    finish: Finish<O, T>,
    look: Look,
    endings: Vec<Ending<T>>,
    together: Together,
}

impl<O: Send + 'static, T> Attempts<O, T> {
    async fn run(mut self, mut rule: Rule) -> Result<Settled<T>> {
        let rules = Arc::clone(&self.rules);
        let until = rule.timeout.map(|limit| rules.backend.now().saturating_add(limit));
        let tokens: Vec<CancelToken> =
            self.stages.limits.cancel.iter().chain(&rules.limits.cancel).cloned().collect();
        loop {
            let ending = self.attempt(remaining(until, &*rules.backend)).await;
            self.together.ended(self.endings.len(), ending.done().is_none());
            let Ending::Failed(error) = &ending else { break self.endings.push(ending) };
            let left = remaining(until, &*rules.backend);
            let is_final = error.kind() == ErrorKind::Forbidden || left == Some(Duration::ZERO);
            let again = !is_final && {
                let asked = contained(&self.shown, || Ok((rule.when)(error)));
                asked.map_err(|panic| panic.with_others(self.errors(error.clone())))?
            };
            let pause = again.then(|| rule.delays.next()).flatten();
            let pause = pause.filter(|pause| left.is_none_or(|left| *pause < left));
            if let Some(pause) = pause {
                self.together.retried(self.endings.len() + 2, pause, error);
            }
            self.endings.push(ending);
            let Some(pause) = pause else { break };
            tokio::select! {
                biased;
                // The next attempt is not started then, and its error says why.
                () = watch::any(&tokens) => {}
                () = rules.backend.sleep(pause) => {}
            }
        }
        let decisive = self.endings.len().checked_sub(1);
        let is_done = |last: &usize| self.endings.get(*last).is_some_and(|ending| ending.done().is_some());
        let decisive = decisive.filter(is_done);
        self.together.close(decisive.is_some());
        Ok(Settled::new(self.endings, decisive))
    }

    /// Runs the command once.
    async fn attempt(&mut self, left: Option<Duration>) -> Ending<T> {
        let (mut stages, rules) = (self.stages.clone(), Arc::clone(&self.rules));
        // There is time for the attempt, if only for a moment: otherwise the pause before it had not begun.
        let left = left.map(|left| left.max(Duration::from_nanos(1)));
        stages.limits.budget.time = least(stages.limits.budget.time, left);
        let ran = Contained::new(self.shown.clone(), async move { Job::run(stages, &rules).await }).await;
        let (look, finish, reader) = (&mut self.look, self.finish, self.reader);
        let result = contained(&self.shown, || {
            let (job, outcome) = ran?;
            if let Some(look) = look {
                outcome.stages().for_each(look);
            }
            match outcome.failure_index() {
                Some(_) => Err(failed(&job, outcome)),
                None => finish(reader, &job, outcome),
            }
        });
        result.into()
    }

    /// Returns the errors so far, and this one.
    fn errors(&self, last: Error) -> Vec<Error> {
        self.endings.iter().filter_map(Ending::error).cloned().chain([last]).collect()
    }
}

/// The output is that of the attempt that succeeds, and the exit code that of the last. For each verb, an attempt
/// has failed that [`run`](Run::run) would call a failure; [`output`](Run::output) has all that is known of each.
impl<O: Send + 'static, P> Run for Retry<O, P> {
    type Programs = P;
    type Output = O;
    type Outcome = Settled<PipelineOutcome>;
    type Plan = PipelinePlan;

    fn run(self) -> Running<O> {
        self.results().then(Settled::into_last_result)
    }

    fn output(self) -> Running<Settled<PipelineOutcome>> {
        self.settled(|_, job, outcome| job.checked(outcome))
    }

    fn read(self) -> Running<String> {
        let texts = self.settled(|_, job, outcome| read(job, outcome, String::from_output));
        texts.then(Settled::into_last_result)
    }

    fn bytes(self) -> Running<Vec<u8>> {
        let bytes = self.settled(|_, job, outcome| read(job, outcome, Vec::from_output));
        bytes.then(Settled::into_last_result)
    }

    fn code(self) -> Running<i32> {
        self.output().then(|settled| code(settled.into_last_result()))
    }

    fn plan(self) -> Result<PipelinePlan> {
        let rules = Cx::current().rules();
        combined::allowed(&self.command.stages.lines, &rules)?;
        check(&self.command.stages, &self.rule)?;
        PipelinePlan::new(self.command.stages, &rules)
    }
}

/// The command line.
impl<O, P> fmt::Display for Retry<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.command.fmt(f)
    }
}

impl<O, P> fmt::Debug for Retry<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Retry").field(&self.command).finish()
    }
}
