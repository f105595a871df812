//! The verbs of commands of which one gives the result, or some do.

use super::combined;
use super::contained::Shown;
use super::contest::{Contest, Finish};
use super::ending::Settled;
use super::running::Running;
use super::telling::permitted;
use super::verbs::{Run, read};
use crate::context::Cx;
use crate::error::{Error, ErrorKind, Result};
use crate::outcome::PipelineOutcome;
use crate::plan::{BatchPlan, PipelinePlan};
use crate::spec::{Choice, FromOutput as _, How, Pipeline, Quorum, Stages};

/// A run of a choice; `finish` makes of the outcome of each command what is wanted.
fn settled<O: Send + 'static, P, T: Send + 'static>(
    choice: Choice<O, P>,
    finish: Finish<O, T>,
) -> Running<Settled<T>> {
    let line = choice.to_string();
    let items: Vec<_> =
        choice.items.into_iter().map(|Pipeline { stages, read, .. }| (stages, read)).collect();
    let rule = choice.rule;
    let shown = Shown::all(line, items.iter().map(|(stages, _)| stages));
    Running::new(shown, move |rules, look| {
        Box::pin(async move {
            let all: Vec<&Stages> = items.iter().map(|(stages, _)| stages).collect();
            all.iter().try_for_each(|stages| permitted(stages, &rules))?;
            combined::check(&all, rule)?;
            Contest::new(items, rule, rules, finish, look).run().await
        })
    })
}

impl<O: Send + 'static, P> Choice<O, P> {
    /// Runs it and returns what became of each command that was started, with its typed output.
    ///
    /// # Errors
    ///
    /// What is refused before anything is started.
    pub fn results(self) -> Running<Settled<O>> {
        settled(self, |item, job, outcome| read(job, outcome, item))
    }

    /// Returns how the value is taken of what became of all.
    fn taken<T>(&self) -> fn(Settled<T>) -> Result<T> {
        match self.rule.how {
            How::InOrder => Settled::into_last_result,
            _ => Settled::into_result,
        }
    }
}

/// The output is that of the command that gives the result, and so is the exit code. For each verb, a command has
/// failed that [`run`](Run::run) would call a failure; [`output`](Run::output) has all that is known of each.
impl<O: Send + 'static, P> Run for Choice<O, P> {
    type Programs = P;
    type Output = O;
    type Outcome = Settled<PipelineOutcome>;
    type Plan = BatchPlan;

    fn run(self) -> Running<O> {
        let taken = self.taken();
        self.results().then(taken)
    }

    fn output(self) -> Running<Settled<PipelineOutcome>> {
        settled(self, |_, job, outcome| job.checked(outcome))
    }

    fn read(self) -> Running<String> {
        let taken = self.taken();
        settled(self, |_, job, outcome| read(job, outcome, String::from_output)).then(taken)
    }

    fn bytes(self) -> Running<Vec<u8>> {
        let taken = self.taken();
        settled(self, |_, job, outcome| read(job, outcome, Vec::from_output)).then(taken)
    }

    fn code(self) -> Running<i32> {
        let taken = self.taken();
        self.output().then(move |settled| code(taken(settled)))
    }

    fn plan(self) -> Result<BatchPlan> {
        let rules = Cx::current().rules();
        let all: Vec<&Stages> = self.items.iter().map(|item| &item.stages).collect();
        combined::allowed(all.iter().flat_map(|stages| &stages.lines), &rules)?;
        combined::check(&all, self.rule)?;
        let plans = self.items.into_iter().map(|item| PipelinePlan::new(item.stages, &rules));
        Ok(BatchPlan::new(plans.collect::<Result<_>>()?))
    }
}

/// Returns the exit code of a run that may have failed by it.
pub(super) fn code(result: Result<PipelineOutcome>) -> Result<i32> {
    let by_code = |error: &Error| match error.kind() {
        ErrorKind::Exit => error.outcome().and_then(|outcome| outcome.status().code()),
        _ => None,
    };
    match result {
        // What a signal ended has failed.
        Ok(outcome) => Ok(outcome.status().code().unwrap_or(0)),
        Err(error) => by_code(&error).ok_or(error),
    }
}

impl<O: Send + 'static, P> Quorum<O, P> {
    /// Runs it and returns what became of each command that was started, with its typed output.
    ///
    /// # Errors
    ///
    /// What is refused before anything is started.
    pub fn results(self) -> Running<Settled<O>> {
        self.choice.results()
    }
}

/// The output is that of all commands that have succeeded, in the order in which they were given, and the exit
/// code 0 if there were enough.
impl<O: Send + 'static, P> Run for Quorum<O, P> {
    type Programs = P;
    type Output = Vec<O>;
    type Outcome = Settled<PipelineOutcome>;
    type Plan = BatchPlan;

    fn run(self) -> Running<Vec<O>> {
        let needed = self.needed;
        self.results().then(move |settled| settled.into_results(needed))
    }

    fn output(self) -> Running<Settled<PipelineOutcome>> {
        self.choice.output()
    }

    fn read(self) -> Running<String> {
        let (needed, choice) = (self.needed, self.choice);
        let texts = settled(choice, |_, job, outcome| read(job, outcome, String::from_output));
        texts.then(move |texts| Ok(texts.into_results(needed)?.join("\n")))
    }

    fn bytes(self) -> Running<Vec<u8>> {
        let (needed, choice) = (self.needed, self.choice);
        let parts = settled(choice, |_, job, outcome| read(job, outcome, Vec::from_output));
        parts.then(move |parts| Ok(parts.into_results(needed)?.concat()))
    }

    fn code(self) -> Running<i32> {
        let needed = self.needed;
        self.output().then(move |settled| match settled.into_results(needed) {
            Ok(_) => Ok(0),
            Err(error) => code(Err(error)),
        })
    }

    fn plan(self) -> Result<BatchPlan> {
        self.choice.plan()
    }
}
