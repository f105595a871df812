//! Who is told of a run, and who is asked: its events, with exactly one end for each stage, and its hooks.

use std::sync::Arc;

use super::invocations;
use super::teardown::Gone;
use super::told::{Stage, Told, dropped, not_run};
use super::voice::Voice;
use crate::context::Rules;
use crate::error::{Error, ErrorKind};
use crate::event::{Cancelled, EventKind, Refused, RefusedBy, RunId, Started};
use crate::outcome::{CancelReason, Cancellation, Captured, Mask, Outcome, PipelineOutcome, Stopped};
use crate::plan::{self, PipelinePlan, Plan};
use crate::spec::{Attached, Layer, Stages};

/// Who is told of a run. Clones are the same run; where nobody listens, there is nothing behind it.
#[derive(Clone, Debug, Default)]
pub(super) struct Telling(Option<Arc<Told>>);

impl Telling {
    /// Creates what tells of these stages, if somebody listens or is to be asked.
    pub(super) fn begin(stages: &Stages, rules: &Rules) -> Self {
        let watch = &rules.watch;
        let (listeners, before) = (watch.observers.entries(), watch.before.entries());
        let after = watch.after.entries();
        let hooked = stages.lines.iter().any(|line| line.attached.has_hooks());
        let nobody = listeners.is_empty() && before.is_empty() && after.is_empty() && !hooked;
        if nobody && watch.traceparent.is_none() {
            return Self::default();
        }
        let shown = invocations::of_stages(stages, rules).into_iter().zip(&stages.lines);
        let shown = shown.map(|(invocation, line)| Stage::of(invocation, &line.attached)).collect();
        let (voice, mask) = (Voice::new(rules, listeners), invocations::mask(stages, rules));
        Self(Some(Arc::new(Told::new(voice, shown, before, after, mask))))
    }

    /// Creates what tells of a command that asks a program for its version, on behalf of another run.
    pub(super) fn version(plan: &Plan, rules: &Rules, parent: Option<RunId>) -> Self {
        let listeners = rules.watch.observers.entries();
        if listeners.is_empty() {
            return Self::default();
        }
        let voice = Voice::new(rules, listeners).within(parent);
        let stage = Stage::of(invocations::of_version(plan, rules), &Attached::default());
        let told = Told::new(voice, vec![stage], Vec::new(), Vec::new(), Mask::default());
        told.plan_is_known();
        Self(Some(Arc::new(told)))
    }

    /// Returns what is behind it, if somebody listens or is to be asked.
    pub(super) fn told(&self) -> Option<&Arc<Told>> {
        self.0.as_ref()
    }

    /// Returns the id of the run, if it has one.
    pub(super) fn id(&self) -> Option<RunId> {
        self.told().map(|told| told.voice.id())
    }

    /// Tells what is going to run.
    pub(super) fn planned(&mut self, plan: &PipelinePlan) {
        let Some(told) = self.0.as_mut() else { return };
        // Nobody else has it yet.
        if let Some(told) = Arc::get_mut(told) {
            for (stage, plan) in told.stages.iter_mut().zip(&plan.stages) {
                if let Some(invocation) = Arc::get_mut(&mut stage.invocation) {
                    let file = &plan.launch.program;
                    invocation.file = file.is_absolute().then(|| file.clone());
                    invocation.dir = plan.launch.dir.clone();
                }
            }
        }
        told.plan_is_known();
    }

    /// Tells why nothing can be planned: that the context does not permit it, or what else is wrong with a stage.
    pub(super) async fn unplanned(&self, index: usize, error: &Error) {
        let Some(told) = self.told() else { return };
        if error.kind() == ErrorKind::Forbidden {
            if let Some(stage) = told.stages.get(index) {
                told.voice.say(Some(&stage.invocation), forbidden(error));
            }
            return;
        }
        told.plan_is_known();
        told.end_all(|_| None, |_, _| true, |stage| not_run(error, stage == index));
        told.call_after(None).await;
    }

    /// Tells that a process was started, and which of its outputs are read.
    pub(super) fn started(&self, index: usize, pid: u32, reads: [bool; 2]) {
        let Some(told) = self.told() else { return };
        let Some(stage) = told.stages.get(index) else { return };
        told.note_start(index, pid, reads);
        told.voice.say(Some(&stage.invocation), EventKind::Started(Started { pid }));
    }

    /// Tells that a stage could not be started, which keeps nobody else from running.
    pub(super) fn absent(&self, index: usize, error: &Error) {
        if let Some(told) = self.told() {
            told.end(index, None, true, || not_run(error, true));
        }
    }

    /// Tells that the stages wait for a place.
    pub(super) fn queued(&self) {
        let Some(told) = self.told() else { return };
        told.stages.iter().for_each(|stage| told.voice.say(Some(&stage.invocation), EventKind::Queued));
    }

    /// Tells that the processes are being stopped.
    pub(super) fn cancelled(&self, reason: CancelReason, cancellation: Option<Cancellation>) {
        let Some(told) = self.told() else { return };
        let running: Vec<bool> = (0..told.stages.len()).map(|index| told.runs_for(index).is_some()).collect();
        for (stage, _) in told.stages.iter().zip(running).filter(|(_, running)| *running) {
            let cancelled = Cancelled { reason, cancellation: cancellation.clone() };
            told.voice.say(Some(&stage.invocation), EventKind::Cancelled(cancelled));
        }
    }

    /// Tells how processes ended that were torn down, and whose output nobody has.
    pub(super) fn gone(&self, gone: &[Gone], reason: CancelReason) {
        let Some(told) = self.told() else { return };
        for (index, gone) in gone.iter().enumerate() {
            let Some(duration) = told.runs_for(index) else { continue };
            let stopped = gone.stopped.then_some(Stopped { reason, forced: gone.forced });
            let nothing = Captured::default;
            let outcome = Outcome::new(gone.reaped.status, nothing(), nothing())
                .with_pid(gone.pid)
                .with_cpu(gone.reaped.cpu)
                .with_duration(duration)
                .with_stopped(stopped);
            told.end(index, Some(&outcome), true, dropped);
        }
    }

    /// Tells the end of each stage that has none yet, and calls the after hooks.
    pub(super) async fn conclude(
        &self,
        result: Result<&PipelineOutcome, &Error>,
        failed: impl Fn(usize, &Outcome) -> bool,
    ) {
        let Some(told) = self.told() else { return };
        let outcomes = match result {
            Ok(outcomes) => Some(outcomes),
            Err(error) => error.all_stages(),
        };
        let why = |index| match result {
            Ok(_) => dropped(),
            Err(error) => not_run(error, error.stage().is_none_or(|stage| stage == index)),
        };
        told.end_all(|index| outcomes?.stage(index), failed, why);
        told.call_after(outcomes).await;
    }

    /// Gives what was torn down its end, and calls the after hooks, when nobody waits any more.
    pub(super) async fn conclude_dropped(&self, gone: &[Gone]) {
        self.gone(gone, CancelReason::Dropped);
        let Some(told) = self.told() else { return };
        told.end_all(|_| None, |_, _| true, |_| dropped());
        told.call_after(None).await;
    }
}

/// Checks that what is to run together may run, before any of it is planned, and tells whom that concerns.
pub(super) fn permitted(stages: &Stages, rules: &Rules) -> Result<(), Error> {
    plan::permitted_stages(stages, rules).map_err(|(index, error)| {
        let listeners = rules.watch.observers.entries();
        if !listeners.is_empty()
            && let Some(invocation) = invocations::of_stages(stages, rules).into_iter().nth(index)
        {
            Voice::new(rules, listeners).say(Some(&Arc::new(invocation)), forbidden(&error));
        }
        error
    })
}

fn forbidden(error: &Error) -> EventKind {
    let by = RefusedBy::Allowlist(error.layer().unwrap_or(Layer::Context));
    EventKind::Refused(Refused { by, reason: error.reason().into() })
}
