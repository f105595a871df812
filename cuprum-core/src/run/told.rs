//! A run of which somebody is told: how far each stage has come, that each has exactly one end, its after hooks.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::voice::Voice;
use super::{background, hooking};
use crate::error::Error;
use crate::event::{EventKind, Exited, Lost, NotStarted, Printed, Refused, RefusedBy};
use crate::outcome::{Captured, Mask, Outcome, PipelineOutcome};
use crate::spec::{AfterHook, Attached, BeforeHook, Finish, Invocation, NotRun};
use crate::stream::Counts;

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
    /// What the panic of a hook does not show.
    mask: Mask,
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
    /// The outcome is kept for hooks that are still to be called, if there are any.
    Ran(Option<Box<Outcome>>),
    Not(NotRun),
}

impl Stage {
    /// Creates a stage that carries these hooks itself.
    pub(super) fn of(invocation: Invocation, own: &Attached) -> Self {
        let (before, after) = (own.before.clone(), own.after.clone());
        Self { invocation: Arc::new(invocation), before, after, counts: Default::default() }
    }
}

impl Told {
    /// Creates a run that nobody has heard of.
    pub(super) fn new(
        voice: Voice,
        stages: Vec<Stage>,
        before: Vec<BeforeHook>,
        after: Vec<AfterHook>,
        mask: Mask,
    ) -> Self {
        let progress = Progress { stages: vec![State::New; stages.len()], hooks: VecDeque::new() };
        Self { voice, stages, before, after, mask, progress: Mutex::new(progress), is_last: false }
    }

    /// Notes that a process was started, and which of its outputs are read.
    pub(super) fn note_start(&self, index: usize, pid: u32, reads: [bool; 2]) {
        let at = self.voice.elapsed();
        if let Some(state) = self.progress().stages.get_mut(index) {
            *state = State::Started { pid, at, reads };
        }
    }

    /// Returns for how long a stage has been running, if it is.
    pub(super) fn runs_for(&self, index: usize) -> Option<Duration> {
        let now = self.voice.elapsed();
        match self.progress().stages.get(index) {
            Some(State::Started { at, .. }) => Some(now.saturating_sub(*at)),
            _ => None,
        }
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        // Nothing that can panic happens while it is held.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the hooks that are asked about a stage, in their order.
    pub(super) fn before<'a>(&'a self, stage: &'a Stage) -> impl Iterator<Item = &'a BeforeHook> {
        self.before.iter().chain(&stage.before)
    }

    /// Tells what is going to run, and knows which hooks are to be called at the end.
    pub(super) fn plan_is_known(&self) {
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

    /// Tells the end of each stage that has none yet.
    pub(super) fn end_all<'a>(
        &self,
        outcome: impl Fn(usize) -> Option<&'a Outcome>,
        failed: impl Fn(usize, &Outcome) -> bool,
        why: impl Fn(usize) -> NotRun,
    ) {
        for index in 0..self.stages.len() {
            let outcome = outcome(index);
            let failed = outcome.is_some_and(|outcome| failed(index, outcome));
            self.end(index, outcome, failed, || why(index));
        }
    }

    /// Tells the end of a stage, unless it has one, or nobody has heard of it.
    pub(super) fn end(
        &self,
        index: usize,
        outcome: Option<&Outcome>,
        failed: bool,
        why: impl FnOnce() -> NotRun,
    ) {
        let Some(stage) = self.stages.get(index) else { return };
        let kind = {
            let mut progress = self.progress();
            let has_hooks = !progress.hooks.is_empty();
            let Some(state) = progress.stages.get_mut(index) else { return };
            let (ended, kind) = match (&*state, outcome) {
                (State::New | State::Ended(_), _) => return,
                (State::Planned, _) => {
                    let why = why();
                    let kind = NotStarted { error: why.error, reason: Arc::clone(&why.reason) };
                    (Ended::Not(why), EventKind::NotStarted(kind))
                }
                (State::Started { pid, .. }, None) => {
                    let why = why();
                    let kind = Lost { pid: *pid, reason: Arc::clone(&why.reason) };
                    (Ended::Not(why), EventKind::Lost(kind))
                }
                (State::Started { reads, .. }, Some(outcome)) => {
                    let kind = self.exited(stage, outcome, *reads, failed);
                    let kept = has_hooks.then(|| Box::new(without_output(outcome)));
                    (Ended::Ran(kept), EventKind::Exited(kind))
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
    pub(super) async fn call_after(&self, outcomes: Option<&PipelineOutcome>) {
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
                (Some(State::Ended(Ended::Ran(Some(outcome)))), None) => Finish::Ran(outcome),
                _ => continue,
            };
            hooking::after(&hook, &stage.invocation, finish, &self.mask).await;
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
            mask: std::mem::take(&mut self.mask),
            progress: Mutex::new(std::mem::replace(progress, empty)),
            is_last: true,
        };
        // If there is nowhere to call them, they are lost with the work: this process ends.
        let backend = self.voice.shared_backend();
        background::detach(&*backend, async move { left.call_after(None).await });
    }
}

/// Returns why a stage did not run: because of this error, or because another stage did not.
pub(super) fn not_run(error: &Error, is_own: bool) -> NotRun {
    match is_own {
        true => NotRun { error: error.kind().name(), reason: error.reason().into() },
        false => NotRun { error: "stage", reason: "another stage of the pipeline was not started".into() },
    }
}

/// Returns that a run was given up before its stage had run.
pub(super) fn dropped() -> NotRun {
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
