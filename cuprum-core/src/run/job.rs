//! One command on its way: under which context, planned, checked, then run by the engine.

use std::fmt;
use std::sync::Arc;

use super::engine::{self, Taps};
use super::version;
use crate::context::Rules;
use crate::error::Result;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::spec::Line;

/// What looks at an outcome before it is read.
pub(super) type Look = Box<dyn FnOnce(&Outcome) + Send>;

/// A command that is to be run under these rules.
pub(super) struct Job {
    line: Box<Line>,
    rules: Arc<Rules>,
    looks: Vec<Look>,
}

impl Job {
    /// Creates a job; its rules hold from now on, whatever becomes current later.
    pub(super) fn new(line: Box<Line>, rules: Arc<Rules>) -> Self {
        Self { line, rules, looks: Vec::new() }
    }

    /// Calls these, in order, when there is an outcome.
    pub(super) fn with_looks(mut self, looks: Vec<Look>) -> Self {
        self.looks = looks;
        self
    }

    /// Works out what the command does, and asks the program for its version where that matters.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from starting, as far as it can be seen beforehand.
    pub(super) async fn plan(self) -> Result<Planned> {
        let plan = Plan::new(*self.line, &self.rules)?;
        version::check(&plan, &self.rules).await?;
        Ok(Planned { plan, rules: self.rules, looks: self.looks })
    }

    /// Runs the command to its end.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from starting, and what stopped it; not an exit code.
    pub(super) async fn run(self) -> Result<(Plan, Outcome)> {
        let mut planned = self.plan().await?;
        let outcome = planned.run(Taps::default()).await?;
        Ok((planned.plan, outcome))
    }
}

/// A job that can be started.
pub(super) struct Planned {
    pub(super) plan: Plan,
    rules: Arc<Rules>,
    looks: Vec<Look>,
}

impl Planned {
    /// Runs the command to its end, and lets the taps have what they are for on the way.
    ///
    /// # Errors
    ///
    /// What keeps it from starting, and what stopped it.
    pub(super) async fn run(&mut self, mut taps: Taps) -> Result<Outcome> {
        let result = engine::execute(&self.plan, &self.rules, &mut taps).await;
        let outcome = match &result {
            Ok(outcome) => Some(outcome),
            Err(error) => error.outcome(),
        };
        if let Some(outcome) = outcome {
            std::mem::take(&mut self.looks).into_iter().for_each(|look| look(outcome));
        }
        result
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}
