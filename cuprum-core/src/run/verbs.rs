//! The verbs: what a caller wants to know of a command decides which one is called.

use std::fmt;
use std::sync::{Arc, Mutex};

use super::job::Job;
use super::taps::Wanted;
use super::{Lines, Running, engine};
use crate::context::{AllowedIn, Cx};
use crate::error::{Cause, ErrorKind, Result};
use crate::outcome::{Outcome, PipelineOutcome};
use crate::plan::{PipelinePlan, Plan};
use crate::spec::{IntoSafe, OutputError, Pipeline, Stage as _, Stages};
use crate::stream::{LineRef, Tap};

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

    /// Runs it and returns its lines while it runs.
    ///
    /// # Examples
    ///
    /// ```
    /// # use cuprum::{Command, Program};
    /// # #[derive(Program)]
    /// # struct Build;
    /// # #[derive(Command)]
    /// # #[command(program = Build)]
    /// # struct Nightly {}
    /// use cuprum::lab::{Lab, Script};
    /// use cuprum::prelude::*;
    ///
    /// let lab = Lab::new().on::<Nightly>(Script::stdout("one\ntwo\n"));
    /// let lines = lab.cx().scope_sync(|| {
    ///     Nightly::new().lines().wait().map(|line| Ok(line?.to_string())).collect::<cuprum::Result<Vec<_>>>()
    /// })?;
    /// assert_eq!(lines, ["one", "two"]);
    /// # Ok::<(), cuprum::Error>(())
    /// ```
    fn lines(self) -> Lines;

    /// Runs it and calls `each` with every line of the outputs that are captured, as soon as it was read.
    ///
    /// This is the fast way: no line is copied, and nothing is kept of the last command's standard output,
    /// unless its [`Capture`](crate::spec::Capture) says how much. `each` is called where the streams are
    /// read, so the command waits for it, and it must not block. If it panics, the command is torn down.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run); also where no output is captured.
    ///
    /// # Examples
    ///
    /// ```
    /// # use cuprum::{Command, Program};
    /// # #[derive(Program)]
    /// # struct Build;
    /// # #[derive(Command)]
    /// # #[command(program = Build)]
    /// # struct Nightly {}
    /// use std::sync::mpsc;
    ///
    /// use cuprum::lab::{Lab, Script};
    /// use cuprum::prelude::*;
    ///
    /// let (warnings, seen) = mpsc::channel();
    /// let lab = Lab::new().on::<Nightly>(Script::stdout("note: a\nwarning: b\nwarning: c\n"));
    /// let run = lab.cx().scope_sync(|| {
    ///     let count = move |line: cuprum::stream::LineRef<'_>| {
    ///         if line.bytes.starts_with(b"warning:") {
    ///             let _ = warnings.send(line.to_string());
    ///         }
    ///     };
    ///     Nightly::new().for_each_line(count).wait()
    /// });
    /// assert_eq!(run?.stdout().total(), 30);
    /// assert_eq!(seen.iter().collect::<Vec<_>>(), ["warning: b", "warning: c"]);
    /// # Ok::<(), cuprum::Error>(())
    /// ```
    fn for_each_line(self, each: impl FnMut(LineRef<'_>) + Send + 'static) -> Running<Self::Outcome>;

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

    fn lines(self) -> Lines {
        Lines::new(self.into_safe().into_pipeline().stages)
    }

    fn for_each_line(self, each: impl FnMut(LineRef<'_>) + Send + 'static) -> Running<Outcome> {
        for_each_line(self.into_safe().into_pipeline().stages, each, PipelineOutcome::into_final_stage)
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

    fn lines(self) -> Lines {
        Lines::new(self.stages)
    }

    fn for_each_line(self, each: impl FnMut(LineRef<'_>) + Send + 'static) -> Running<PipelineOutcome> {
        for_each_line(self.stages, each, |outcome| outcome)
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

    /// Runs the command under this context and returns its exit code. See [`Run::code`].
    pub fn code<C: Run>(&self, command: C) -> Running<i32>
    where
        C::Programs: AllowedIn<A>,
    {
        command.code().under(self)
    }
}

/// A run that must not have failed before `read` sees its output.
fn running<T: Send + 'static>(
    stages: Stages,
    read: impl FnOnce(&Outcome) -> Result<T, OutputError> + Send + 'static,
) -> Running<T> {
    Running::stages(stages, move |job, outcome| {
        let outcome = job.checked(outcome)?;
        read(outcome.final_stage()).map_err(|error| job.unreadable(error, outcome))
    })
}

/// Bytes that are not what is wanted, and why.
type Unread = (Vec<u8>, OutputError);

/// A run whose standard output is wanted, so it must be captured; `take` makes the bytes into what is wanted,
/// or gives them back and says at which one it could not.
fn printed<T: Send + 'static>(stages: Stages, take: fn(Vec<u8>) -> Result<T, Unread>) -> Running<T> {
    let is_captured = stages.lines.last().is_some_and(|last| last.stdout.is_captured());
    if !is_captured {
        return Running::new(stages.to_string(), move |rules, _| {
            Box::pin(async move {
                let job = Job::new(stages, &rules).await?;
                let why = "its standard output is wanted, and is not captured".to_owned();
                Err(job.error(job.stages.len() - 1, ErrorKind::InvalidStream, Cause::Text(why)))
            })
        });
    }
    Running::stages(stages, move |job, outcome| {
        let mut outcome = job.checked(outcome)?;
        let stdout = outcome.final_stage_mut().stdout_mut();
        // Taken and not copied: it may be large.
        let taken = match stdout.complete() {
            Ok(_) => take(stdout.take_bytes()).map_err(|(bytes, error)| {
                stdout.put_bytes(bytes);
                error
            }),
            Err(truncated) => Err(truncated.into()),
        };
        taken.map_err(|error| job.unreadable(error, outcome))
    })
}

/// Makes bytes into text, without the line end at its end.
fn text(bytes: Vec<u8>) -> Result<String, Unread> {
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.truncate(text.trim_end_matches(['\n', '\r']).len());
            Ok(text)
        }
        Err(error) => {
            let fault = OutputError::new("UTF-8 text", error.utf8_error().valid_up_to());
            Err((error.into_bytes(), fault))
        }
    }
}

/// A run whose lines are looked at where they were read.
fn for_each_line<T: Send + 'static>(
    mut stages: Stages,
    each: impl FnMut(LineRef<'_>) + Send + 'static,
    finish: impl FnOnce(PipelineOutcome) -> T + Send + 'static,
) -> Running<T> {
    if let Some(last) = stages.lines.last_mut() {
        last.stdout.capture.or_nothing();
    }
    Running::new(stages.to_string(), move |rules, mut look| {
        Box::pin(async move {
            let job = Job::new(stages, &rules).await?;
            let each = Arc::new(Mutex::new(each));
            let taps = Wanted::ALL.taps(&job, |cutter| Tap::call(cutter, Arc::clone(&each)))?;
            let outcome = engine::execute(&job, &rules, taps).await?;
            if let Some(look) = &mut look {
                outcome.stages().for_each(look);
            }
            job.checked(outcome).map(finish)
        })
    })
}

/// A run whose exit code is what matters.
fn code(stages: Stages) -> Running<i32> {
    Running::stages(stages, |job, outcome| match outcome.status().code() {
        Some(code) => Ok(code),
        None => Err(job.failed(outcome.failure_index().unwrap_or(outcome.len() - 1), outcome)),
    })
}
