//! Who is told of a run, and who is asked: its events, with exactly one end for each stage, and its hooks.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::teardown::Gone;
use super::voice::Voice;
use super::{background, hooking, invocations};
use crate::context::Rules;
use crate::error::{Error, ErrorKind};
use crate::event::{
    Cancelled, EventKind, Exited, Lost, NotStarted, Printed, Refused, RefusedBy, RunId, Started,
};
use crate::outcome::{CancelReason, Cancellation, Captured, Outcome, PipelineOutcome, Stopped};
use crate::plan::{self, PipelinePlan, Plan};
use crate::spec::{AfterHook, BeforeHook, Finish, Invocation, Layer, NotRun, Stages};
use crate::stream::Counts;

/// Who is told of a run. Clones are the same run; where nobody listens, there is nothing behind it.
#[derive(Clone, Debug, Default)]
pub(super) struct Telling(Option<Arc<Told>>);

/// A run of which somebody is told.
///
/// When the last clone is gone, what has no end yet is given one, and the hooks that are left are called.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) voice: Voice,
    pub(super) stages: Vec<Stage>,
    /// The context's; each stage has its own, too.
    before: Vec<BeforeHook>,
    after: Vec<AfterHook>,
    progress: Mutex<Progress>,
    /// All that is left to do is to call hooks; if that is given up, they are lost.
    is_last: bool,
}

/// What does not change of a stage.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) invocation: Arc<Invocation>,
    before: Vec<BeforeHook>,
    after: Vec<AfterHook>,
    /// How much it has printed, on standard output and on standard error.
    pub(super) counts: [Arc<Counts>; 2],
}

#[derive(Debug)]
struct Progress {
    stages: Vec<State>,
    /// What is still to be called at the end, in this order.
    hooks: VecDeque<(usize, AfterHook)>,
}

/// How far a stage has come.
#[derive(Clone, Debug)]
enum State {
    /// Nobody knows of it.
    New,
    Planned,
    Started {
        pid: u32,
        at: Duration,
        /// Which outputs are read.
        reads: [bool; 2],
    },
    Ended(Ended),
}

/// How a stage ended, without what it printed.
#[derive(Clone, Debug)]
enum Ended {
    Ran(Box<Outcome>),
    Not(NotRun),
}

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
        let stages = shown.map(|(invocation, line)| Stage {
            before: line.attached.before.clone(),
            after: line.attached.after.clone(),
            ..Stage::of(invocation)
        });
        Self::new(Voice::new(rules, listeners), stages.collect(), before, after)
    }

    /// Creates what tells of a command that asks a program for its version, on behalf of another run.
    pub(super) fn version(plan: &Plan, rules: &Rules, parent: Option<RunId>) -> Self {
        let listeners = rules.watch.observers.entries();
        if listeners.is_empty() {
            return Self::default();
        }
        let voice = Voice::new(rules, listeners).within(parent);
        let stage = Stage::of(invocations::of_version(plan, rules));
        let telling = Self::new(voice, vec![stage], Vec::new(), Vec::new());
        telling.told().inspect(|told| told.plan_is_known());
        telling
    }

    fn new(voice: Voice, stages: Vec<Stage>, before: Vec<BeforeHook>, after: Vec<AfterHook>) -> Self {
        let progress = Progress { stages: vec![State::New; stages.len()], hooks: VecDeque::new() };
        let progress = Mutex::new(progress);
        Self(Some(Arc::new(Told { voice, stages, before, after, progress, is_last: false })))
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
        let at = told.voice.elapsed();
        if let Some(state) = told.progress().stages.get_mut(index) {
            *state = State::Started { pid, at, reads };
        }
        told.voice.say(Some(&stage.invocation), EventKind::Started(Started { pid }));
    }

    /// Tells that a stage could not be started, which keeps nobody else from running.
    pub(super) fn absent(&self, index: usize, error: &Error) {
        if let Some(told) = self.told() {
            told.end(index, None, true, not_run(error, true));
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
        let running: Vec<bool> =
            told.progress().stages.iter().map(|state| matches!(state, State::Started { .. })).collect();
        for (stage, _) in told.stages.iter().zip(running).filter(|(_, running)| *running) {
            let cancelled = Cancelled { reason, cancellation: cancellation.clone() };
            told.voice.say(Some(&stage.invocation), EventKind::Cancelled(cancelled));
        }
    }

    /// Tells how processes ended that were torn down, and whose output nobody has.
    pub(super) fn gone(&self, gone: &[Gone], reason: CancelReason) {
        let Some(told) = self.told() else { return };
        for (index, gone) in gone.iter().enumerate() {
            let duration = match told.progress().stages.get(index) {
                Some(State::Started { at, .. }) => told.voice.elapsed().saturating_sub(*at),
                _ => continue,
            };
            let stopped = gone.stopped.then_some(Stopped { reason, forced: gone.forced });
            let nothing = Captured::default;
            let outcome = Outcome::new(gone.reaped.status, nothing(), nothing())
                .with_pid(gone.pid)
                .with_cpu(gone.reaped.cpu)
                .with_duration(duration)
                .with_stopped(stopped);
            told.end(index, Some(&outcome), true, dropped());
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

impl Stage {
    fn of(invocation: Invocation) -> Self {
        Self {
            invocation: Arc::new(invocation),
            before: Vec::new(),
            after: Vec::new(),
            counts: <[Arc<Counts>; 2]>::default(),
        }
    }
}

impl Told {
    fn progress(&self) -> MutexGuard<'_, Progress> {
        // Nothing that can panic happens while it is held.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the hooks that are asked about a stage, in their order.
    pub(super) fn before<'a>(&'a self, stage: &'a Stage) -> impl Iterator<Item = &'a BeforeHook> {
        self.before.iter().chain(&stage.before)
    }

    fn plan_is_known(&self) {
        {
            let mut progress = self.progress();
            progress.stages.fill(State::Planned);
            for (index, stage) in self.stages.iter().enumerate() {
                let hooks = stage.after.iter().rev().chain(self.after.iter().rev());
                progress.hooks.extend(hooks.map(|hook| (index, hook.clone())));
            }
        }
        self.stages.iter().for_each(|stage| self.voice.say(Some(&stage.invocation), EventKind::Planned));
    }

    /// Tells that a hook has refused a stage.
    pub(super) fn refused(&self, index: usize, error: &Error) {
        let not_run = not_run(error, true);
        let refused = Refused { by: RefusedBy::Hook, reason: Arc::clone(&not_run.reason) };
        if let Some(state) = self.progress().stages.get_mut(index) {
            *state = State::Ended(Ended::Not(not_run));
        }
        if let Some(stage) = self.stages.get(index) {
            self.voice.say(Some(&stage.invocation), EventKind::Refused(refused));
        }
    }

    fn end_all<'a>(
        &self,
        outcome: impl Fn(usize) -> Option<&'a Outcome>,
        failed: impl Fn(usize, &Outcome) -> bool,
        why: impl Fn(usize) -> NotRun,
    ) {
        for index in 0..self.stages.len() {
            let outcome = outcome(index);
            self.end(index, outcome, outcome.is_some_and(|outcome| failed(index, outcome)), why(index));
        }
    }

    /// Tells the end of a stage, unless it has one, or nobody has heard of it.
    fn end(&self, index: usize, outcome: Option<&Outcome>, failed: bool, why: NotRun) {
        let Some(stage) = self.stages.get(index) else { return };
        let kind = {
            let mut progress = self.progress();
            let Some(state) = progress.stages.get_mut(index) else { return };
            let (ended, kind) = match (&*state, outcome) {
                (State::New | State::Ended(_), _) => return,
                (State::Planned, _) => {
                    let kind = NotStarted { error: why.error, reason: Arc::clone(&why.reason) };
                    (Ended::Not(why), EventKind::NotStarted(kind))
                }
                (State::Started { pid, .. }, None) => {
                    let kind = Lost { pid: *pid, reason: Arc::clone(&why.reason) };
                    (Ended::Not(why), EventKind::Lost(kind))
                }
                (State::Started { reads, .. }, Some(outcome)) => {
                    let kind = self.exited(stage, outcome, *reads, failed);
                    (Ended::Ran(Box::new(without_output(outcome))), EventKind::Exited(kind))
                }
            };
            *state = State::Ended(ended);
            kind
        };
        self.voice.say(Some(&stage.invocation), kind);
    }

    fn exited(&self, stage: &Stage, outcome: &Outcome, reads: [bool; 2], failed: bool) -> Exited {
        let counts_lines = self.voice.counts_lines();
        let [stdout, stderr] = [0, 1].map(|stream: usize| {
            let counts = stage.counts.get(stream).filter(|_| reads.get(stream) == Some(&true))?;
            Some(Printed { bytes: counts.bytes(), lines: counts_lines.then(|| counts.lines()) })
        });
        Exited {
            pid: outcome.pid(),
            status: outcome.status(),
            failed,
            duration: outcome.duration(),
            cpu: outcome.cpu(),
            stdout,
            stderr,
            stopped: outcome.stopped(),
            leaked: outcome.leaked(),
        }
    }

    /// Calls the after hooks that are left, with what is known of each stage.
    async fn call_after(&self, outcomes: Option<&PipelineOutcome>) {
        loop {
            let (index, hook, ended) = {
                let mut progress = self.progress();
                let Some((index, hook)) = progress.hooks.pop_front() else { return };
                (index, hook, progress.stages.get(index).cloned())
            };
            let Some(stage) = self.stages.get(index) else { continue };
            let finish = match (&ended, outcomes.and_then(|outcomes| outcomes.stage(index))) {
                (Some(State::Ended(Ended::Not(why))), _) => Finish::NotRun(why),
                (_, Some(outcome)) => Finish::Ran(outcome),
                (Some(State::Ended(Ended::Ran(outcome))), None) => Finish::Ran(outcome),
                _ => continue,
            };
            hooking::after(&hook, &stage.invocation, finish).await;
        }
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        if self.is_last {
            return;
        }
        self.end_all(|_| None, |_, _| true, |_| dropped());
        let Ok(progress) = self.progress.get_mut() else { return };
        if progress.hooks.is_empty() {
            return;
        }
        let empty = Progress { stages: Vec::new(), hooks: VecDeque::new() };
        let left = Self {
            voice: self.voice.silent(),
            stages: std::mem::take(&mut self.stages),
            before: Vec::new(),
            after: Vec::new(),
            progress: Mutex::new(std::mem::replace(progress, empty)),
            is_last: true,
        };
        // If there is nowhere to call them, they are lost with the work: this process ends.
        let backend = self.voice.shared_backend();
        background::detach(&*backend, async move { left.call_after(None).await });
    }
}

/// Checks that what is to run together may run, before any of it is planned, and tells whom that concerns.
pub(super) fn permitted(stages: &Stages, rules: &Rules) -> Result<(), Error> {
    for (index, line) in stages.lines.iter().enumerate() {
        if let Err(error) = plan::permitted(line, rules) {
            let listeners = rules.watch.observers.entries();
            let shown = invocations::of_stages(stages, rules).into_iter().nth(index);
            if let (false, Some(invocation)) = (listeners.is_empty(), shown) {
                Voice::new(rules, listeners).say(Some(&Arc::new(invocation)), forbidden(&error));
            }
            return Err(error);
        }
    }
    Ok(())
}

fn forbidden(error: &Error) -> EventKind {
    let by = RefusedBy::Allowlist(error.layer().unwrap_or(Layer::Context));
    EventKind::Refused(Refused { by, reason: error.reason().into() })
}

/// Returns why a stage did not run: because of this error, or because another stage did not.
fn not_run(error: &Error, is_own: bool) -> NotRun {
    match is_own {
        true => NotRun { error: error.kind().name(), reason: error.reason().into() },
        false => NotRun { error: "stage", reason: "another stage of the pipeline was not started".into() },
    }
}

fn dropped() -> NotRun {
    NotRun { error: "dropped", reason: "the run was given up".into() }
}

/// Returns what is kept of an outcome where only its end matters.
fn without_output(outcome: &Outcome) -> Outcome {
    Outcome::new(outcome.status(), Captured::default(), Captured::default())
        .with_pid(outcome.pid())
        .with_cpu(outcome.cpu())
        .with_duration(outcome.duration())
        .with_stopped(outcome.stopped())
        .with_leaked(outcome.leaked())
}
