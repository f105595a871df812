//! The verbs: what a caller wants to know of a command decides which one is called.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use super::job::Job;
use super::printed::{printed, text};
use super::{Child, Follow, Lines, Running};
use crate::context::{AllowedIn, Cx};
use crate::error::{Error, Result};
use crate::outcome::{Outcome, PipelineOutcome};
use crate::plan::{PipelinePlan, Plan};
use crate::spec::{IntoSafe, OutputError, Pipeline, Stage as _, Stages};
use crate::stream::LineRef;

/// The verbs of everything that can be run, under the current context.
///
/// Each verb but [`plan`](Self::plan) returns a lazy future: nothing is started until it is awaited
/// or [waited](Running::wait) for. The context is that of the code which first polls it.
pub trait Run: Sized {
    /// The programs that it runs, as an allowlist sees them.
    type Programs;
    /// What its output is read into.
    type Output: Send + 'static;
    /// All that is known of it after it ran.
    type Outcome: Send + 'static;
    /// What it would do.
    type Plan: fmt::Display;

    /// Runs it and returns its typed output.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from starting, an exit code that is not accepted, a signal, or an output
    /// that is not what its type expects.
    fn run(self) -> Running<Self::Output>;

    /// Runs it and returns all that is known; no exit code is a failure.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from starting or being waited for.
    fn output(self) -> Running<Self::Outcome>;

    /// Runs it and returns its standard output as text, without the line end at its end.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run); also where the output is not UTF-8, or not captured.
    fn read(self) -> Running<String>;

    /// Runs it and returns its standard output, byte for byte.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run); also where the output is not captured.
    fn bytes(self) -> Running<Vec<u8>>;

    /// Runs it and returns its exit code, whichever it is.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from starting, and a signal that ended it.
    fn code(self) -> Running<i32>;

    /// Returns what would happen, without starting anything.
    ///
    /// # Errors
    ///
    /// Whatever would keep it from starting, as far as it can be seen beforehand.
    fn plan(self) -> Result<Self::Plan>;

    /// Runs it, blocks until it is done, and returns its typed output.
    ///
    /// It is the short form of `run().wait()`.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    fn run_sync(self) -> Result<Self::Output> {
        self.run().wait()
    }
}

impl<C: IntoSafe> Run for C {
    type Programs = C::Program;
    type Output = C::Output;
    type Outcome = Outcome;
    type Plan = Plan;

    fn run(self) -> Running<C::Output> {
        let Pipeline { stages, read, .. } = self.into_safe().into_pipeline();
        running(stages, read)
    }

    fn output(self) -> Running<Outcome> {
        Running::stages(self.into_safe().into_pipeline().stages, |_, outcome| Ok(outcome.into_final_stage()))
    }

    fn read(self) -> Running<String> {
        printed(self.into_safe().into_pipeline().stages, text)
    }

    fn bytes(self) -> Running<Vec<u8>> {
        printed(self.into_safe().into_pipeline().stages, Ok)
    }

    fn code(self) -> Running<i32> {
        code(self.into_safe().into_pipeline().stages)
    }

    fn plan(self) -> Result<Plan> {
        Plan::new(self.into_safe().line, &Cx::current().rules())
    }
}

/// The typed output is that of the last stage, and the exit code that of the stage which failed the
/// pipeline, or of the last.
impl<O: Send + 'static, P> Run for Pipeline<O, P> {
    type Programs = P;
    type Output = O;
    type Outcome = PipelineOutcome;
    type Plan = PipelinePlan;

    fn run(self) -> Running<O> {
        running(self.stages, self.read)
    }

    fn output(self) -> Running<PipelineOutcome> {
        Running::stages(self.stages, |_, outcome| Ok(outcome))
    }

    fn read(self) -> Running<String> {
        printed(self.stages, text)
    }

    fn bytes(self) -> Running<Vec<u8>> {
        printed(self.stages, Ok)
    }

    fn code(self) -> Running<i32> {
        code(self.stages)
    }

    fn plan(self) -> Result<PipelinePlan> {
        PipelinePlan::new(self.stages, &Cx::current().rules())
    }
}

/// The verbs under an explicit context, for the programs that its type permits.
impl<A> Cx<A> {
    /// Runs the command under this context and returns its typed output. See [`Run::run`].
    pub fn run<C: Run>(&self, command: C) -> Running<C::Output>
    where
        C::Programs: AllowedIn<A>,
    {
        command.run().under(self)
    }

    /// Runs the command under this context and returns all that is known. See [`Run::output`].
    pub fn output<C: Run>(&self, command: C) -> Running<C::Outcome>
    where
        C::Programs: AllowedIn<A>,
    {
        command.output().under(self)
    }

    /// Runs the command under this context and returns its output as text. See [`Run::read`].
    pub fn read<C: Run>(&self, command: C) -> Running<String>
    where
        C::Programs: AllowedIn<A>,
    {
        command.read().under(self)
    }

    /// Runs the command under this context and returns its output, byte for byte. See [`Run::bytes`].
    pub fn bytes<C: Run>(&self, command: C) -> Running<Vec<u8>>
    where
        C::Programs: AllowedIn<A>,
    {
        command.bytes().under(self)
    }

    /// Starts the command under this context and returns a handle. See [`Follow::spawn`].
    pub fn spawn<C: Follow>(&self, command: C) -> Running<Child<C::Output, C::Outcome>>
    where
        C::Programs: AllowedIn<A>,
    {
        command.spawn().under(self)
    }

    /// Runs the command under this context and returns its exit code. See [`Run::code`].
    pub fn code<C: Run>(&self, command: C) -> Running<i32>
    where
        C::Programs: AllowedIn<A>,
    {
        command.code().under(self)
    }

    /// Runs the command under this context and returns its lines while it runs. See [`Follow::lines`].
    pub fn lines<C: Follow>(&self, command: C) -> Lines
    where
        C::Programs: AllowedIn<A>,
    {
        command.lines().under(self)
    }

    /// Runs the command under this context and calls `each` with every line. See [`Follow::for_each_line`].
    pub fn for_each_line<C: Follow>(
        &self,
        command: C,
        each: impl FnMut(LineRef<'_>) + Send + 'static,
    ) -> Running<C::Outcome>
    where
        C::Programs: AllowedIn<A>,
    {
        command.for_each_line(each).under(self)
    }

    /// Returns what would happen under this context, without starting anything. See [`Run::plan`].
    ///
    /// # Errors
    ///
    /// As [`Run::plan`].
    pub fn plan<C: Run>(&self, command: C) -> Result<C::Plan>
    where
        C::Programs: AllowedIn<A>,
    {
        self.scope_sync(|| command.plan())
    }
}

/// A run that must not have failed before `reader` sees its output.
fn running<T: Send + 'static>(
    stages: Stages,
    reader: impl FnOnce(&Outcome) -> Result<T, OutputError> + Send + 'static,
) -> Running<T> {
    Running::stages(stages, move |job, outcome| read(job, outcome, reader))
}

/// Reads the output of a run that has not failed.
pub(super) fn read<T>(
    job: &Job,
    outcome: impl Borrow<PipelineOutcome> + Into<Arc<PipelineOutcome>>,
    reader: impl FnOnce(&Outcome) -> Result<T, OutputError>,
) -> Result<T> {
    let outcome = job.checked(outcome)?;
    reader(outcome.borrow().final_stage()).map_err(|error| job.unreadable(error, outcome))
}

/// A run whose exit code is what matters.
fn code(stages: Stages) -> Running<i32> {
    Running::stages(stages, exit_code)
}

/// Returns the exit code of the stage that failed the run, or of the last one.
pub(super) fn exit_code(job: &Job, outcome: PipelineOutcome) -> Result<i32> {
    match outcome.status().code() {
        Some(code) => Ok(code),
        None => Err(failed(job, outcome)),
    }
}

/// The error of a run that has failed; without a failure, it is about the last stage.
pub(super) fn failed(job: &Job, outcome: PipelineOutcome) -> Error {
    job.failed(outcome.failure_index().unwrap_or(outcome.len() - 1), outcome)
}
