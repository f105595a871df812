//! What one run does as a whole: its stages, what holds for all of them, and when it has failed.

use std::borrow::Borrow;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use super::deadline::Deadline;
use super::telling::Telling;
use super::{asking, engine, hint, version};
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind};
use crate::outcome::{CancelReason, Cancellation, ExitStatus, Mask, Outcome, PipelineOutcome};
use crate::plan::{Fault, PipelinePlan, Plan};
use crate::spec::{CancelToken, Mode, OutputError, Stages};

/// What the engine runs: a pipeline, which may be of one stage.
#[derive(Debug)]
pub(super) struct Job {
    plan: PipelinePlan,
    telling: Telling,
    deadline: Option<Deadline>,
    /// Whether the stages beside one that cannot be started run all the same.
    like_a_shell: bool,
    /// The stages that could not be started, in that case.
    faults: Mutex<Vec<(usize, Error)>>,
}

impl std::ops::Deref for Job {
    type Target = PipelinePlan;

    fn deref(&self) -> &PipelinePlan {
        &self.plan
    }
}

impl Job {
    /// Works out what each stage does, asks whether it may, and asks the programs for their versions where that
    /// matters.
    pub(super) async fn new(stages: Stages, rules: &Arc<Rules>) -> Result<Self, Error> {
        let telling = Telling::begin(&stages, rules);
        let planned = PipelinePlan::each(stages, rules).map(|plan| (plan, Vec::new()));
        Self::ready(planned, telling, rules, false).await
    }

    /// Works out what each stage does; one that cannot be started keeps none of the others from running.
    pub(super) async fn like_a_shell(stages: Stages, rules: &Arc<Rules>) -> Result<Self, Error> {
        let telling = Telling::begin(&stages, rules);
        Self::ready(PipelinePlan::like_a_shell(stages, rules), telling, rules, true).await
    }

    /// Tells what was planned, and asks.
    async fn ready(
        planned: Result<(PipelinePlan, Vec<Fault>), Fault>,
        mut telling: Telling,
        rules: &Arc<Rules>,
        like_a_shell: bool,
    ) -> Result<Self, Error> {
        let (plan, faults) = match planned {
            Ok(planned) => planned,
            Err((index, error)) => {
                telling.unplanned(index, &error).await;
                return Err(error);
            }
        };
        telling.planned(&plan);
        let deadline = Deadline::of(&plan.limits, &*rules.backend);
        let mut job = Self { plan, telling, deadline, like_a_shell, faults: Mutex::new(faults) };
        match job.asked(rules).await {
            Ok(()) => Ok(job),
            Err(error) => {
                job.telling.conclude(Err(&error), |_, _| true).await;
                Err(error)
            }
        }
    }

    async fn asked(&mut self, rules: &Arc<Rules>) -> Result<(), Error> {
        asking::ask(self, rules).await?;
        asking::trace(self, rules);
        for (index, plan) in self.stages.iter().enumerate() {
            if self.fault(index).is_none() {
                version::check(plan, rules, self).await?;
            }
        }
        Ok(())
    }

    /// Stops it when `token` is cancelled, too.
    pub(super) fn cancelled_by(mut self, token: &CancelToken) -> Self {
        self.plan.limits.cancel.push(token.clone());
        self
    }

    /// Runs what one plan says, by itself, within the limits of this job; no hook is asked.
    pub(super) fn part(&self, plan: Plan, telling: Telling) -> Self {
        let plan = PipelinePlan { limits: self.limits.clone(), ..PipelinePlan::of(plan) };
        let (deadline, faults) = (self.deadline, Mutex::default());
        Self { plan, telling, deadline, like_a_shell: false, faults }
    }

    /// Returns when it must have ended, if its time is limited.
    pub(super) fn deadline(&self) -> Option<Deadline> {
        self.deadline
    }

    /// Returns who is told of it.
    pub(super) fn telling(&self) -> &Telling {
        &self.telling
    }

    pub(super) fn stages_mut(&mut self) -> &mut [Plan] {
        &mut self.plan.stages
    }

    /// Returns why a stage is known not to start, where the others run all the same.
    pub(super) fn fault(&self, index: usize) -> Option<Error> {
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.iter().find(|(faulty, _)| *faulty == index).map(|(_, fault)| fault.clone())
    }

    /// Notes why a stage could not be started; gives the error back if that keeps the others from running.
    pub(super) fn note(&self, index: usize, fault: Error) -> Result<i32, Error> {
        let status = fault.kind().shell_code().filter(|_| self.like_a_shell);
        let Some(status) = status else { return Err(fault) };
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.retain(|(faulty, _)| *faulty != index);
        faults.push((index, fault));
        Ok(status)
    }

    /// Returns the stages that could not be started, and why.
    pub(super) fn into_faults(self) -> Vec<(usize, Error)> {
        self.faults.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the error of a run that has failed: why its stage could not be started, or how it ended.
    pub(super) fn fault_or_failure(self, outcome: PipelineOutcome) -> Error {
        let index = outcome.failure_index().unwrap_or(outcome.len() - 1);
        match self.fault(index) {
            Some(fault) => fault,
            None => self.failed(index, outcome),
        }
    }

    /// Plans and runs the stages.
    pub(super) async fn run(stages: Stages, rules: &Arc<Rules>) -> Result<(Self, PipelineOutcome), Error> {
        let job = Self::new(stages, rules).await?;
        let outcome = engine::execute(&job, rules, Vec::new()).await?;
        Ok((job, outcome))
    }

    /// Returns whether one stage that fails stops the others.
    pub(super) fn fails_fast(&self) -> bool {
        self.mode == Mode::FailFast && self.stages.len() > 1
    }

    /// Returns whether a stage that ended like this has failed.
    ///
    /// One whose reader ended early is killed by `SIGPIPE` when it writes on, and has not failed by that: if
    /// its reader failed, that one is the failure.
    pub(super) fn is_failure(&self, index: usize, status: ExitStatus) -> bool {
        match status {
            ExitStatus::Code(code) => self.stages.get(index).is_some_and(|plan| !plan.accept.contains(&code)),
            ExitStatus::Signal(_) => {
                status.signal_name() != Some("SIGPIPE") || index + 1 == self.stages.len()
            }
        }
    }

    /// Returns which stage has failed the run, of stages that have all ended by themselves.
    pub(super) fn failure<'a>(&self, statuses: impl Iterator<Item = &'a ExitStatus>) -> Option<usize> {
        let last = self.stages.len() - 1;
        let counts = |index: usize| self.mode != Mode::Last || index == last;
        let failed =
            |(index, status): &(usize, &ExitStatus)| counts(*index) && self.is_failure(*index, **status);
        statuses.enumerate().filter(failed).last().map(|(index, _)| index)
    }

    /// Returns the secrets of all stages, any of which may turn up in the output of another one.
    pub(super) fn mask(&self) -> Mask {
        Mask::new(self.stages.iter().flat_map(|plan| plan.launch.secrets()))
    }

    /// Returns the command lines, with `|` between them.
    pub(super) fn command_line(&self) -> String {
        let lines: Vec<String> = self.stages.iter().map(Plan::command_line).collect();
        lines.join(" | ")
    }

    /// Returns an error about one stage.
    pub(super) fn error(&self, index: usize, kind: ErrorKind, cause: Cause) -> Error {
        let Some(plan) = self.stages.get(index) else { return engine::lost("the stage does not exist") };
        let error = Error::new(kind, plan.program.name(), plan.command_line(), cause)
            .with_dir(plan.launch.dir.clone())
            .with_path(Some(plan.launch.program.clone()))
            .with_mask(self.mask());
        match self.stages.len() {
            1 => error,
            _ => error.with_stage(index, self.command_line()),
        }
    }

    /// Returns the error of a run that was lost sight of.
    pub(super) fn io_error(&self, source: io::Error) -> Error {
        self.whole(ErrorKind::Io, Cause::Io(source))
    }

    /// Returns the error of a run that was stopped; `input` is why its input failed, if that is the reason.
    pub(super) fn stopped(
        &self,
        reason: CancelReason,
        input: Option<io::Error>,
        outcome: PipelineOutcome,
    ) -> Error {
        let hint = hint::stopped(reason, &outcome);
        let kind = match reason {
            CancelReason::Timeout(_) => ErrorKind::Timeout,
            CancelReason::IdleTimeout(_) => ErrorKind::IdleTimeout,
            CancelReason::OutputLimit(_) => ErrorKind::OutputLimit,
            CancelReason::Cancelled | CancelReason::Dropped => ErrorKind::Cancelled,
            CancelReason::StageFailed(_) => ErrorKind::Exit,
            CancelReason::InputFailed => ErrorKind::Input,
        };
        let cause = match (reason, input) {
            (CancelReason::InputFailed, Some(source)) => Cause::Io(source),
            (CancelReason::Cancelled, _) => self.cancellation(),
            (reason, _) => Cause::Stopped(reason),
        };
        self.whole(kind, cause).with_hint(hint).with_outcomes(outcome)
    }

    /// Returns the error of a run that must end before anything of it has started.
    pub(super) fn over(&self, reason: CancelReason) -> Error {
        match reason {
            CancelReason::Timeout(limit) => {
                let why = format!("it could not be started within {limit:?}");
                self.whole(ErrorKind::Timeout, Cause::Text(why))
            }
            _ => self.whole(ErrorKind::Cancelled, self.cancellation()),
        }
    }

    /// Returns why the run was cancelled.
    pub(super) fn cancellation(&self) -> Cause {
        self.cancellation_of(CancelReason::Cancelled).map_or(Cause::None, Cause::Cancelled)
    }

    /// Returns what is known of a reason beyond itself.
    pub(super) fn cancellation_of(&self, reason: CancelReason) -> Option<Cancellation> {
        let tokens = self.limits.cancel.iter().filter(|_| reason == CancelReason::Cancelled);
        tokens.into_iter().find_map(CancelToken::reason)
    }

    /// Returns an error about the whole run, which its last stage stands for.
    pub(super) fn whole(&self, kind: ErrorKind, cause: Cause) -> Error {
        let error = self.error(self.stages.len() - 1, kind, cause);
        if self.stages.len() == 1 { error } else { error.with_line(self.command_line()) }
    }

    /// Returns the outcome of a run that ended by itself, unless it has failed, or a copy of an output that
    /// must be whole is not.
    pub(super) fn checked<O>(&self, outcome: O) -> Result<O, Error>
    where
        O: Borrow<PipelineOutcome> + Into<Arc<PipelineOutcome>>,
    {
        let all: &PipelineOutcome = outcome.borrow();
        if let Some(index) = all.failure_index() {
            return Err(self.failed(index, outcome));
        }
        let incomplete = |(index, stage): (usize, &Outcome)| {
            let mut sinks = stage.stdout().sinks().iter().chain(stage.stderr().sinks());
            let sink = sinks.find(|sink| sink.is_required() && !sink.is_complete())?;
            Some((index, sink.to_string()))
        };
        let missed = all.stages().enumerate().find_map(incomplete);
        match missed {
            Some((index, report)) => {
                Err(self.error(index, ErrorKind::Sink, Cause::Text(report)).with_outcomes(outcome))
            }
            None => Ok(outcome),
        }
    }

    /// Returns the error of a run whose output is not what was expected.
    pub(super) fn unreadable(&self, error: OutputError, outcome: impl Into<Arc<PipelineOutcome>>) -> Error {
        let outcome = outcome.into();
        self.error(outcome.len() - 1, ErrorKind::Output, Cause::Output(error)).with_outcomes(outcome)
    }

    /// Returns the error of a run that ended by itself and failed.
    pub(super) fn failed(&self, index: usize, outcome: impl Into<Arc<PipelineOutcome>>) -> Error {
        let outcome = outcome.into();
        let by_signal = outcome.stage(index).is_some_and(|stage| stage.status().code().is_none());
        let kind = if by_signal { ErrorKind::Signal } else { ErrorKind::Exit };
        let program = self.stages.get(index).map(|plan| plan.program);
        let hint =
            outcome.stage(index).and_then(|stage| program?.explain(stage).or_else(|| hint::ended(stage)));
        self.error(index, kind, Cause::None).with_hint(hint).with_outcomes(outcome)
    }
}
