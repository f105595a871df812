//! Runs batches: how many at once, in which order the results are, what a failure does to the others.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::batch_outcome::{BatchOutcome, Slot};
use super::batch_stream::BatchStream;
use super::contained::Shown;
use super::group::Together;
use super::job::Job;
use super::running::{Look, Running};
use super::set::Set;
use super::telling::permitted;
use super::verbs::{Run, exit_code, failed, read};
use crate::context::{Cx, Rules};
use crate::error::{Cause, Error, ErrorKind, Result};
use crate::event::Group;
use crate::outcome::{CancelKind, Cancellation, Outcome, PipelineOutcome};
use crate::plan::{BatchPlan, PipelinePlan};
use crate::spec::{Batch, BatchRule, CancelToken, FromOutput as _, OutputError, Pipeline, Stages};

impl<O: Send + 'static, P> Batch<O, P> {
    /// Runs the batch and returns what became of each command, with its typed output.
    ///
    /// # Errors
    ///
    /// A limit of 0, and a program that the context does not permit; nothing was started then.
    pub fn results(self) -> Running<BatchOutcome<O>> {
        running(self, |item, job, outcome| read(job, outcome, item))
    }

    /// Runs the batch and returns each result when its command ends.
    ///
    /// The numbers are the positions of the commands. Dropping the stream tears down what is running.
    pub fn stream(self) -> BatchStream<O> {
        let (items, rule) = self.unzip();
        BatchStream::new(move |rules| {
            Going::new(items, rule, rules, |reader, job, outcome| read(job, outcome, reader))
        })
    }

    fn unzip(self) -> (Vec<(Stages, Reader<O>)>, BatchRule) {
        (self.items.into_iter().map(|Pipeline { stages, read, .. }| (stages, read)).collect(), self.rule)
    }
}

/// How the typed output of a command is read.
pub(super) type Reader<O> = fn(&Outcome) -> Result<O, OutputError>;

/// A run of a batch; `finish` makes of each outcome what is wanted.
pub(super) fn running<O: Send + 'static, P, T: Send + 'static>(
    batch: Batch<O, P>,
    finish: fn(Reader<O>, &Job, PipelineOutcome) -> Result<T>,
) -> Running<BatchOutcome<T>> {
    let line = batch.to_string();
    let (items, rule) = batch.unzip();
    let shown = Shown::all(line, items.iter().map(|(stages, _)| stages));
    Running::new(shown, move |rules, look| {
        Box::pin(async move {
            let mut going = Going::new(items, rule, rules, finish)?;
            going.look = look;
            let mut slots: Vec<Slot<T>> = (0..going.len).map(|_| Slot::NotStarted).collect();
            while let Some((index, result)) = going.next().await {
                if let Some(slot) = slots.get_mut(index) {
                    *slot = result.map_or_else(Slot::Failed, Slot::Done);
                }
            }
            Ok(BatchOutcome::new(slots))
        })
    })
}

type One<T> = Pin<Box<dyn Future<Output = Result<(Job, PipelineOutcome, Reader<T>)>> + Send>>;

/// A batch while it runs.
pub(super) struct Going<O, T> {
    len: usize,
    waiting: VecDeque<(usize, Stages, Reader<O>)>,
    /// The positions of those that were started, by their numbers in the set.
    positions: Vec<usize>,
    running: Set<One<O>>,
    most: usize,
    /// Cancelled when a failure stops the others.
    stop: Option<CancelToken>,
    rules: Arc<Rules>,
    finish: fn(Reader<O>, &Job, PipelineOutcome) -> Result<T>,
    look: Look,
    together: Together,
}

impl<O: Send + 'static, T> Going<O, T> {
    fn new(
        items: Vec<(Stages, Reader<O>)>,
        rule: BatchRule,
        rules: Arc<Rules>,
        finish: fn(Reader<O>, &Job, PipelineOutcome) -> Result<T>,
    ) -> Result<Self> {
        let most = rule.limit.unwrap_or(usize::MAX);
        for (stages, _) in &items {
            permitted(stages, &rules)?;
        }
        if most == 0 {
            let why = "a batch cannot run at most 0 commands at once".to_owned();
            return Err(Error::new(ErrorKind::InvalidLimit, "", String::new(), Cause::Text(why)));
        }
        let (together, rules) = Together::open(Group::Batch, Some(items.len()), rules);
        Ok(Self {
            len: items.len(),
            waiting: items
                .into_iter()
                .enumerate()
                .map(|(index, (stages, read))| (index, stages, read))
                .collect(),
            positions: Vec::new(),
            running: Set::new(),
            most,
            stop: rule.fail_fast.then(CancelToken::new),
            rules,
            finish,
            look: None,
            together,
        })
    }

    /// Waits for the next command to end; returns its position and its result, or `None` after the last.
    pub(super) async fn next(&mut self) -> Option<(usize, Result<T>)> {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    /// Starts as many as may run, and waits for the next one to end.
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<(usize, Result<T>)>> {
        while self.running.len() < self.most
            && let Some((index, mut stages, read)) = self.waiting.pop_front()
        {
            stages.limits.cancel.extend(self.stop.clone());
            let rules = Arc::clone(&self.rules);
            self.positions.push(index);
            self.running.push(Box::pin(async move {
                let (job, outcome) = Job::run(stages, &rules).await?;
                Ok((job, outcome, read))
            }));
        }
        let Some((number, ended)) = std::task::ready!(self.running.poll_next(context)) else {
            let success = self.together.is_fine();
            self.together.close(success);
            return Poll::Ready(None);
        };
        let result = ended.and_then(|(job, outcome, read)| {
            if let Some(look) = &mut self.look {
                outcome.stages().for_each(look);
            }
            match outcome.failure_index() {
                // Asked here, since not every verb takes it for a failure.
                Some(_) if self.stop.is_some() => Err(failed(&job, outcome)),
                _ => (self.finish)(read, &job, outcome),
            }
        });
        let position = self.positions.get(number).copied().unwrap_or(number);
        self.together.ended(position, result.is_err());
        if let Err(error) = &result
            && let Some(stop) = &self.stop
        {
            let why = format!("command {position}: {}", error.kind());
            stop.cancel_because(Cancellation::new(CancelKind::FailFast).message(why));
            self.waiting.clear();
        }
        Poll::Ready(Some((position, result)))
    }
}

/// The output of a batch is that of its commands, in the order in which they were given, and its exit code the
/// first of theirs, in that order, that is not 0. Each verb but [`output`](Run::output) fails with the first
/// failure, in that order, when every command has ended; the others are its [`others`](Error::others).
impl<O: Send + 'static, P> Run for Batch<O, P> {
    type Programs = P;
    type Output = Vec<O>;
    type Outcome = BatchOutcome<PipelineOutcome>;
    type Plan = BatchPlan;

    fn run(self) -> Running<Vec<O>> {
        self.results().then(BatchOutcome::into_result)
    }

    fn output(self) -> Running<BatchOutcome<PipelineOutcome>> {
        running(self, |_, _, outcome| Ok(outcome))
    }

    fn read(self) -> Running<String> {
        let texts = running(self, |_, job, outcome| read(job, outcome, String::from_output));
        texts.then(|texts| Ok(texts.into_result()?.join("\n")))
    }

    fn bytes(self) -> Running<Vec<u8>> {
        let parts = running(self, |_, job, outcome| read(job, outcome, Vec::from_output));
        parts.then(|parts| Ok(parts.into_result()?.concat()))
    }

    fn code(self) -> Running<i32> {
        let codes = running(self, |_, job, outcome| exit_code(job, outcome));
        codes.then(|codes| Ok(codes.into_result()?.into_iter().find(|code| *code != 0).unwrap_or(0)))
    }

    fn plan(self) -> Result<BatchPlan> {
        let rules = Cx::current().rules();
        let plans = self.items.into_iter().map(|item| PipelinePlan::new(item.stages, &rules));
        Ok(BatchPlan::new(plans.collect::<Result<_>>()?))
    }
}
