//! Puts together what is known of the stages of a job that has ended.

use std::time::Duration;

use super::engine::lost;
use super::streams::Stage;
use super::teardown::Gone;
use crate::error::Error;
use crate::outcome::{CancelReason, ExitStatus, Mask, Outcome, PipelineOutcome, Stopped};

/// The signal by which a stage that was not started any more is said to have ended: the one that it would have got.
const ASKED: i32 = nix::sys::signal::Signal::SIGTERM as i32;

/// Puts together what is known of each stage. Those that were not started any more are the last.
pub(super) fn joined(
    gone: Vec<Gone>,
    stages: Vec<Stage<'_>>,
    ended: &[Option<Duration>],
    reason: Option<CancelReason>,
    leaked: bool,
    elapsed: Duration,
    mask: &Mask,
) -> Result<PipelineOutcome, Error> {
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(stages.len());
    let mut gone = gone.into_iter();
    for (index, stage) in stages.into_iter().enumerate() {
        let (stdout, stderr) = stage.into_captured();
        let outcome = match gone.next() {
            Some(gone) => {
                let stopped = reason.filter(|_| gone.stopped);
                Outcome::new(gone.reaped.status, stdout, stderr)
                    .with_duration(ended.get(index).copied().flatten().unwrap_or(elapsed))
                    .with_pid(gone.pid)
                    .with_cpu(gone.reaped.cpu)
                    .with_stopped(stopped.map(|reason| Stopped { reason, forced: gone.forced }))
            }
            None => Outcome::new(ExitStatus::Signal(ASKED), stdout, stderr)
                .with_stopped(reason.map(|reason| Stopped { reason, forced: false })),
        };
        outcomes.push(outcome.with_mask(mask));
    }
    let last = outcomes.pop().ok_or_else(|| lost("it had no stage"))?;
    Ok(PipelineOutcome::new(outcomes, last.with_leaked(leaked)).with_duration(elapsed))
}
