//! The verbs with which a command is followed while it runs.

use std::sync::{Arc, Mutex};

use super::job::Job;
use super::taps::Wanted;
use super::{Child, Lines, Run, Running, View, engine};
use crate::outcome::{Outcome, PipelineOutcome};
use crate::spec::{IntoSafe, OutputError, Pipeline, Stage as _, Stages};
use crate::stream::{LineRef, Tap};

/// The verbs of a single command or pipeline with which it is followed while it runs.
pub trait Follow: Run {
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

    /// Starts it and returns a handle, which can be waited for, signalled and cancelled.
    ///
    /// The future is ready when the command, or every stage of a pipeline, executes its program. See
    /// [`Child`] for what becomes of the command then.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from starting.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, what it has started is ended in the background.
    fn spawn(self) -> Running<Child<Self::Output, Self::Outcome>>;

    /// Runs it and calls `each` with every line of the outputs that are captured, as soon as it was read.
    ///
    /// This is the fast way: no line is copied, and nothing is kept of the last command's standard output,
    /// unless its [`Capture`](crate::spec::Capture) says how much. `each` is called where the streams are
    /// read, so the command waits for it, and it must not block. If it panics, the command is torn down.
    ///
    /// # Errors
    ///
    /// As [`run`](Run::run); also where no output is captured.
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
}

impl<C: IntoSafe> Follow for C {
    fn lines(self) -> Lines {
        Lines::new(self.into_safe().into_pipeline().stages)
    }

    fn spawn(self) -> Running<Child<C::Output>> {
        let Pipeline { stages, read, .. } = self.into_safe().into_pipeline();
        spawn(stages, read)
    }

    fn for_each_line(self, each: impl FnMut(LineRef<'_>) + Send + 'static) -> Running<Outcome> {
        for_each_line(self.into_safe().into_pipeline().stages, each, PipelineOutcome::into_final_stage)
    }
}

impl<O: Send + 'static, P> Follow for Pipeline<O, P> {
    fn lines(self) -> Lines {
        Lines::new(self.stages)
    }

    fn spawn(self) -> Running<Child<O, PipelineOutcome>> {
        spawn(self.stages, self.read)
    }

    fn for_each_line(self, each: impl FnMut(LineRef<'_>) + Send + 'static) -> Running<PipelineOutcome> {
        for_each_line(self.stages, each, |outcome| outcome)
    }
}

/// A run that is ready when it has started.
fn spawn<O: Send + 'static, T: View>(
    stages: Stages,
    read: fn(&Outcome) -> Result<O, OutputError>,
) -> Running<Child<O, T>> {
    Running::new((&stages).into(), move |rules, look| Box::pin(Child::start(stages, rules, look, read)))
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
    Running::new((&stages).into(), move |rules, mut look| {
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
