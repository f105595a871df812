//! All that is known about a finished pipeline: the outcome of each stage, and which one failed it.

use std::time::Duration;

use super::{Captured, ExitStatus, Outcome};

/// All that is known about a finished pipeline.
///
/// The standard output of a stage that is not the last goes to the next stage, so its outcome has none.
///
/// A pipeline that reaches its limit of time or is cancelled while it starts has outcomes of all its stages, too. Those
/// that were not started any more have the process id 0 and are reported as stopped by `SIGTERM`, which the others got.
#[doc(alias = "PipelineResult")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PipelineOutcome {
    stages: Vec<Outcome>,
    last: Outcome,
    failure: Option<usize>,
    duration: Duration,
}

impl PipelineOutcome {
    /// Joins the outcomes of the stages before the last one with that of the last.
    pub fn new(stages: Vec<Outcome>, last: Outcome) -> Self {
        let duration = stages.iter().map(Outcome::duration).fold(last.duration(), Duration::max);
        Self { stages, last, failure: None, duration }
    }

    /// Sets which stage failed the pipeline, counted from 0.
    #[must_use]
    pub fn with_failure(mut self, index: Option<usize>) -> Self {
        self.failure = index.filter(|index| *index < self.len());
        self
    }

    /// Sets how long the pipeline took; otherwise it is as long as its longest stage.
    #[must_use]
    pub fn with_duration(mut self, duration: Duration) -> Self {
        self.duration = duration;
        self
    }

    /// Returns how many stages there are.
    #[expect(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> usize {
        self.stages.len() + 1
    }

    /// Returns the outcomes of all stages, in their order.
    pub fn stages(&self) -> impl ExactSizeIterator<Item = &Outcome> + Clone {
        (0..self.len()).map(|index| self.stages.get(index).unwrap_or(&self.last))
    }

    /// Returns the outcome of one stage, counted from 0.
    pub fn stage(&self, index: usize) -> Option<&Outcome> {
        match index == self.stages.len() {
            true => Some(&self.last),
            false => self.stages.get(index),
        }
    }

    /// Returns which stage failed the pipeline, counted from 0; `None` if none did.
    ///
    /// What a failure is and which of several is meant, the pipeline's mode says. A stage that was stopped
    /// because another one had failed is never it.
    pub fn failure_index(&self) -> Option<usize> {
        self.failure
    }

    /// Returns the outcome of the stage that failed the pipeline.
    pub fn failure(&self) -> Option<&Outcome> {
        self.stage(self.failure?)
    }

    /// Returns whether no stage failed the pipeline.
    pub fn success(&self) -> bool {
        self.failure.is_none()
    }

    /// Returns the outcome of the last stage.
    pub fn final_stage(&self) -> &Outcome {
        &self.last
    }

    pub(crate) fn final_stage_mut(&mut self) -> &mut Outcome {
        &mut self.last
    }

    /// Returns the outcome of the last stage by value.
    pub fn into_final_stage(self) -> Outcome {
        self.last
    }

    /// Returns the pipeline's status: that of the stage that failed it, or of the last one.
    pub fn status(&self) -> ExitStatus {
        self.failure().unwrap_or(&self.last).status()
    }

    /// Returns what was kept of the last stage's standard output.
    pub fn stdout(&self) -> &Captured {
        self.last.stdout()
    }

    /// Returns how long the pipeline took, from the start of its first stage to the end of its last.
    pub fn duration(&self) -> Duration {
        self.duration
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(code: i32) -> Outcome {
        Outcome::new(ExitStatus::Code(code), Captured::default(), Captured::default())
    }

    #[test]
    fn the_status_is_that_of_the_failure_or_of_the_last_stage() {
        let fine = PipelineOutcome::new(vec![outcome(3)], outcome(0));
        assert_eq!((fine.status(), fine.success(), fine.len()), (ExitStatus::Code(0), true, 2));
        let failed = fine.with_failure(Some(0));
        assert_eq!((failed.status(), failed.success()), (ExitStatus::Code(3), false));
        assert_eq!(failed.with_failure(Some(2)).failure_index(), None);
    }

    #[test]
    fn the_stages_are_in_their_order() {
        let codes =
            |outcome: &PipelineOutcome| outcome.stages().map(|s| s.status().code()).collect::<Vec<_>>();
        let three = PipelineOutcome::new(vec![outcome(1), outcome(2)], outcome(3));
        assert_eq!(codes(&three), [Some(1), Some(2), Some(3)]);
        assert_eq!(three.stage(2), Some(three.final_stage()));
        assert_eq!(three.stage(3), None);
    }
}
