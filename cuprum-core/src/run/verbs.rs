//! The verbs: what a caller wants to know of a command decides which one is called.

use std::borrow::Borrow;
use std::sync::Arc;

use super::{Lines, Running, hint};
use crate::context::{AllowedIn, Cx};
use crate::error::{Cause, Error, ErrorKind, Result};
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::spec::{FromOutput as _, IntoSafe, Line, OutputError};

/// The verbs of everything that can be run, under the current context.
///
/// Each verb but [`plan`](Self::plan) returns a lazy future: nothing is started until it is awaited
/// or [waited](Running::wait) for. The context is that of the code which first polls it.
pub trait Run: IntoSafe {
    /// Runs the command and returns its typed output.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from starting, an exit code that is not accepted, a signal, or an output
    /// that is not what its type expects.
    fn run(self) -> Running<Self::Output> {
        let command = self.into_safe();
        running(command.line, command.read)
    }

    /// Runs the command and returns all that is known; no exit code is a failure.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from starting or being waited for.
    fn output(self) -> Running<Outcome> {
        Running::new(self.into_safe().line, async |job| Ok(job.run().await?.1))
    }

    /// Runs the command and returns its standard output as text, without the line end at its end.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run); also where the output is not UTF-8.
    fn read(self) -> Running<String> {
        running(self.into_safe().line, String::from_output)
    }

    /// Runs the command and returns its standard output, byte for byte.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    fn bytes(self) -> Running<Vec<u8>> {
        running(self.into_safe().line, Vec::from_output)
    }

    /// Runs the command and returns its exit code, whichever it is.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from starting, and a signal that ended it.
    fn code(self) -> Running<i32> {
        Running::new(self.into_safe().line, async |job| {
            let (plan, outcome) = job.run().await?;
            match outcome.status().code() {
                Some(code) => Ok(code),
                None => Err(failure(ErrorKind::Signal, &plan, Cause::None, outcome)),
            }
        })
    }

    /// Runs the command and returns its lines while it runs.
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
    fn lines(self) -> Lines {
        Lines::new(self.into_safe().line)
    }

    /// Runs the command, blocks until it is done, and returns its typed output.
    ///
    /// It is the short form of `run().wait()`.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    fn run_sync(self) -> Result<Self::Output> {
        self.run().wait()
    }

    /// Returns what would happen, without starting anything.
    ///
    /// # Errors
    ///
    /// Whatever would keep the command from starting, as far as it can be seen beforehand.
    fn plan(self) -> Result<Plan> {
        Plan::new(self.into_safe().line, &Cx::current().rules())
    }
}

impl<C: IntoSafe> Run for C {}

/// The verbs under an explicit context, for the programs that its type permits.
impl<A> Cx<A> {
    /// Runs the command under this context and returns its typed output. See [`Run::run`].
    pub fn run<C: IntoSafe>(&self, command: C) -> Running<C::Output>
    where
        C::Program: AllowedIn<A>,
    {
        command.run().under(self)
    }

    /// Runs the command under this context and returns all that is known. See [`Run::output`].
    pub fn output<C: IntoSafe>(&self, command: C) -> Running<Outcome>
    where
        C::Program: AllowedIn<A>,
    {
        command.output().under(self)
    }

    /// Runs the command under this context and returns its output as text. See [`Run::read`].
    pub fn read<C: IntoSafe>(&self, command: C) -> Running<String>
    where
        C::Program: AllowedIn<A>,
    {
        command.read().under(self)
    }

    /// Runs the command under this context and returns its output, byte for byte. See [`Run::bytes`].
    pub fn bytes<C: IntoSafe>(&self, command: C) -> Running<Vec<u8>>
    where
        C::Program: AllowedIn<A>,
    {
        command.bytes().under(self)
    }

    /// Runs the command under this context and returns its exit code. See [`Run::code`].
    pub fn code<C: IntoSafe>(&self, command: C) -> Running<i32>
    where
        C::Program: AllowedIn<A>,
    {
        command.code().under(self)
    }
}

/// A run whose exit must be accepted before `read` sees its output.
fn running<T: Send + 'static>(
    line: Line,
    read: impl FnOnce(&Outcome) -> Result<T, OutputError> + Send + 'static,
) -> Running<T> {
    Running::new(line, async move |job| {
        let (plan, outcome) = job.run().await?;
        let outcome = accepted(&plan, outcome)?;
        read(&outcome).map_err(|error| failure(ErrorKind::Output, &plan, Cause::Output(error), outcome))
    })
}

/// Returns the outcome if its exit is one that the command accepts.
pub(super) fn accepted<O: Borrow<Outcome> + Into<Arc<Outcome>>>(plan: &Plan, outcome: O) -> Result<O> {
    match outcome.borrow().status().code() {
        Some(code) if plan.accept.contains(&code) => Ok(outcome),
        Some(_) => Err(failure(ErrorKind::Exit, plan, Cause::None, outcome)),
        None => Err(failure(ErrorKind::Signal, plan, Cause::None, outcome)),
    }
}

fn failure(kind: ErrorKind, plan: &Plan, cause: Cause, outcome: impl Into<Arc<Outcome>>) -> Error {
    let outcome = outcome.into();
    Error::new(kind, plan.program.name(), plan.command_line(), cause)
        .with_dir(plan.launch.dir.clone())
        .with_path(Some(plan.launch.program.clone()))
        .with_mask(plan.launch.mask())
        .with_hint(hint::ended(&outcome))
        .with_outcome(outcome)
}
