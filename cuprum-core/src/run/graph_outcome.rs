//! What became of the steps of a graph.

use crate::error::Error;
use crate::outcome::PipelineOutcome;

/// What became of the steps of a graph, in the order in which they stand, and the status of the whole.
#[derive(Debug)]
pub struct GraphOutcome {
    steps: Vec<StepOutcome>,
    status: i32,
    success: bool,
}

/// What became of one step of a graph.
#[derive(Debug)]
#[non_exhaustive]
pub enum StepOutcome {
    /// It ran.
    #[non_exhaustive]
    Ran {
        /// All that is known of its stages.
        outcome: Box<PipelineOutcome>,
        /// The stages that could not be started, counted from 0, and why. Their outcomes have the statuses that
        /// a shell gives them.
        faults: Vec<(usize, Error)>,
    },
    /// It was skipped.
    Skipped,
}

impl StepOutcome {
    /// Returns what is known of the step, if it ran.
    pub fn outcome(&self) -> Option<&PipelineOutcome> {
        match self {
            Self::Ran { outcome, .. } => Some(outcome),
            Self::Skipped => None,
        }
    }
}

impl GraphOutcome {
    pub(super) fn new(steps: Vec<StepOutcome>, status: i32, success: bool) -> Self {
        Self { steps, status, success }
    }

    /// Returns what became of each step, in the order in which they stand.
    pub fn steps(&self) -> &[StepOutcome] {
        &self.steps
    }

    /// Returns the status of the whole, from 0 to 255: that of the last step that ran.
    pub fn status(&self) -> i32 {
        self.status
    }

    /// Returns whether the last step that ran has succeeded.
    pub fn success(&self) -> bool {
        self.success
    }

    /// Returns what was kept of the standard output of the steps, one after the other.
    pub fn stdout(&self) -> Vec<u8> {
        let ran = self.steps.iter().filter_map(StepOutcome::outcome);
        ran.flat_map(|outcome| outcome.stdout().bytes().iter().copied()).collect()
    }
}
