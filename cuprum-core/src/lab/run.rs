//! Running a future in a lab, and the report of a run that broke a rule.

use std::fmt;
use std::pin::pin;

use super::check::Breach;
use super::executor::{Cut, Ended, Executor};
use super::moment::Moment;
use super::{Lab, explore};

/// How many of the last moments a report shows.
const SHOWN: usize = 40;

/// What went wrong in a run of a lab.
#[derive(Clone, Debug)]
pub struct Report {
    /// The rules that were broken; none if the future itself failed.
    pub breaches: Vec<Breach>,
    /// The seed of the run, if it had one.
    pub seed: Option<u64>,
    /// All that happened.
    pub moments: Vec<Moment>,
    /// How to run it again.
    pub(super) again: Option<String>,
    /// What was injected, if it was not chance that decided.
    pub(super) injected: Option<String>,
    /// What the future's panic said, if it panicked.
    pub panic: Option<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a run in the lab went wrong")?;
        if let Some(seed) = self.seed {
            write!(f, " with seed {seed}")?;
        }
        if let Some(injected) = &self.injected {
            write!(f, " with {injected}")?;
        }
        f.write_str(":")?;
        self.panic.iter().try_for_each(|text| write!(f, "\n  it panicked: {text}"))?;
        self.breaches.iter().try_for_each(|breach| write!(f, "\n  {breach}"))?;
        f.write_str("\nwhat happened:")?;
        let skipped = self.moments.len().saturating_sub(SHOWN);
        if skipped > 0 {
            write!(f, "\n  ({skipped} moments before)")?;
        }
        self.moments.iter().skip(skipped).try_for_each(|moment| write!(f, "\n{moment}"))?;
        self.again.iter().try_for_each(|line| write!(f, "\nrun it again: {line}"))
    }
}

impl std::error::Error for Report {}

impl Lab {
    /// Runs a future in this lab: its clock is virtual, its order is fixed, and the lab's context is current.
    ///
    /// What the future starts must be over when it ends: a run that was dropped is torn down first, and then
    /// the lab looks for what is left. The future runs on this thread. What it waits for beside the lab is real:
    /// sinks, other threads, Tokio's tasks and timers. It works, but in no order that is fixed, and the lab's
    /// time may go on meanwhile; a future that nothing wakes for two real seconds waits in vain.
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
    /// use std::time::Duration;
    ///
    /// use cuprum::ErrorKind;
    /// use cuprum::lab::{Lab, Script};
    /// use cuprum::prelude::*;
    ///
    /// // Ten minutes pass in an instant.
    /// let lab = Lab::new().on::<Nightly>(Script::stdout("begun\n").ignore_term().hang());
    /// lab.run(async {
    ///     let error = Nightly::new().timeout(Duration::from_secs(600)).run().await.unwrap_err();
    ///     assert_eq!(error.kind(), ErrorKind::Timeout);
    /// });
    /// assert_eq!(lab.now(), Duration::from_secs(605));
    /// ```
    ///
    /// # Panics
    ///
    /// As the future; also where a process, a zombie or a pipe is left, where a command had no script, where
    /// a teardown took too long, and where the future waits in vain. The text tells all that happened.
    #[track_caller]
    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        match self.try_run(future) {
            Ok(result) => result,
            Err(report) => explore::fail(&report),
        }
    }

    /// Runs a future as [`run`](Self::run) does, and returns what went wrong.
    ///
    /// # Errors
    ///
    /// Where `run` would panic, unless it is the future that panics.
    pub fn try_run<T>(&self, future: impl Future<Output = T>) -> Result<T, Box<Report>> {
        let (ended, _) = self.execute(future, Cut::Never);
        let mut breaches = self.breaches();
        match ended {
            Ended::Done(value) if breaches.is_empty() => return Ok(value),
            Ended::Done(_) | Ended::Cut => {}
            Ended::Stuck => breaches.insert(0, Breach::Stuck),
        }
        Err(Box::new(self.report(breaches)))
    }

    /// Returns the rules that are broken now: processes, zombies and pipes that are left, and the others.
    ///
    /// It is for tests that do not use [`run`](Self::run); at the end of one, nothing should be under way.
    pub fn breaches(&self) -> Vec<Breach> {
        let mut breaches = self.world().breaches();
        breaches.extend(self.shared().heard.breaches());
        breaches
    }

    /// Runs a future until it ends or is cut off, and what is done beside it to its end.
    pub(super) fn execute<T>(&self, future: impl Future<Output = T>, cut: Cut) -> (Ended<T>, usize) {
        let mut executor = Executor::new(self);
        let (ended, waited) = {
            let future = pin!(self.cx().scope(future));
            executor.run(future, cut)
        };
        let settled = executor.settle();
        match ended {
            Ended::Done(_) | Ended::Cut if !settled => (Ended::Stuck, waited),
            ended => (ended, waited),
        }
    }

    pub(super) fn report(&self, breaches: Vec<Breach>) -> Report {
        let world = self.world();
        Report {
            breaches,
            seed: world.setup.seed,
            moments: world.kernel.trace.clone(),
            again: None,
            injected: None,
            panic: None,
        }
    }
}
