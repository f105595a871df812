//! Commands on their way to one result: who is started when, who wins, and how the rest ends.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::batch::Reader;
use super::combined::{least, remaining};
use super::contained::{Contained, Shown, contained};
use super::ending::{Ending, Settled};
use super::group::Together;
use super::job::Job;
use super::running::Look;
use super::set::Set;
use super::verbs::failed;
use crate::context::Rules;
use crate::error::Result;
use crate::event::Group;
use crate::outcome::{CancelKind, Cancellation, PipelineOutcome};
use crate::spec::{CancelToken, ChoiceRule, How, Stages};

/// Makes of the outcome of a command what is wanted.
pub(super) type Finish<O, T> = fn(Reader<O>, &Job, PipelineOutcome) -> Result<T>;

type Ran<O> = (Job, PipelineOutcome, Reader<O>);

/// A choice while it runs. A command's number is its position, since they are started in that order.
pub(super) struct Contest<O, T> {
    len: usize,
    rule: ChoiceRule,
    waiting: VecDeque<(Stages, Reader<O>)>,
    shown: Vec<Shown>,
    running: Set<Contained<Ran<O>>>,
    endings: Vec<Option<Ending<T>>>,
    /// Cancelled when the result is known.
    stop: CancelToken,
    /// When the time of the whole is over.
    until: Option<Duration>,
    rules: Arc<Rules>,
    finish: Finish<O, T>,
    look: Look,
    together: Together,
}

/// What the endings so far mean.
enum Verdict {
    Open,
    Won(usize),
    /// Enough, or too few, without one that gave the result.
    Over,
}

impl<O: Send + 'static, T> Contest<O, T> {
    pub(super) fn new(
        items: Vec<(Stages, Reader<O>)>,
        rule: ChoiceRule,
        rules: Arc<Rules>,
        finish: Finish<O, T>,
        look: Look,
    ) -> Self {
        let group = match rule.how {
            How::First => Group::Race,
            How::FirstSuccess => Group::RaceOk,
            How::InOrder => Group::FirstOk,
            How::Hedge(_) => Group::Hedge,
            How::Quorum(_) => Group::Quorum,
        };
        let (together, rules) = Together::open(group, Some(items.len()), rules);
        Self {
            len: items.len(),
            rule,
            shown: items.iter().map(|(stages, _)| Shown::from(stages).under(&rules)).collect(),
            waiting: items.into(),
            running: Set::new(),
            endings: Vec::new(),
            stop: CancelToken::new(),
            until: rule.timeout.map(|limit| rules.backend.now().saturating_add(limit)),
            rules,
            finish,
            look,
            together,
        }
    }

    pub(super) async fn run(mut self) -> Result<Settled<T>> {
        let mut pause = match self.rule.how {
            How::Hedge(delay) => Some(self.rules.backend.sleep(delay)),
            _ => None,
        };
        let first = match self.rule.how {
            How::Quorum(0) => 0,
            How::First | How::FirstSuccess | How::Quorum(_) => self.len,
            How::InOrder | How::Hedge(_) => 1,
        };
        (0..first).for_each(|_| self.start());
        let decisive = loop {
            match self.verdict() {
                Verdict::Won(index) => break Some(index),
                Verdict::Over => break None,
                Verdict::Open if self.running.len() == 0 => self.start(),
                Verdict::Open => {}
            }
            let slept = async {
                match &mut pause {
                    Some(pause) => pause.await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                ended = self.running.next() => {
                    ended.into_iter().for_each(|(index, result)| self.note(index, result));
                    self.note_ready().await;
                }
                () = slept => {
                    pause = None;
                    self.start();
                }
            }
        };
        self.stop(decisive).await;
        self.together.close(match self.rule.how {
            How::Quorum(needed) => self.done() >= needed,
            _ => decisive.and_then(|index| self.endings.get(index)?.as_ref()?.done()).is_some(),
        });
        Ok(Settled::new(self.endings.into_iter().flatten().collect(), decisive))
    }

    /// Starts the next one, if there is one, and time for it.
    fn start(&mut self) {
        let left = remaining(self.until, &*self.rules.backend);
        if left == Some(Duration::ZERO) && !self.endings.is_empty() {
            return;
        }
        let Some((mut stages, read)) = self.waiting.pop_front() else { return };
        stages.limits.cancel.push(self.stop.clone());
        // The first is started even if the clock has gone on, so that there is something to tell.
        let left = left.map(|left| left.max(Duration::from_nanos(1)));
        stages.limits.budget.time = least(stages.limits.budget.time, left);
        let rules = Arc::clone(&self.rules);
        let shown = self.shown.get(self.endings.len()).cloned().unwrap_or_default();
        self.endings.push(None);
        self.running.push(Contained::new(shown, async move {
            let (job, outcome) = Job::run(stages, &rules).await?;
            Ok((job, outcome, read))
        }));
    }

    /// Notes what became of the one at this position.
    fn note(&mut self, index: usize, result: Result<Ran<O>>) {
        let (look, finish) = (&mut self.look, self.finish);
        let shown = self.shown.get(index).cloned().unwrap_or_default();
        let result = contained(&shown, || {
            let (job, outcome, read) = result?;
            if let Some(look) = look {
                outcome.stages().for_each(look);
            }
            match outcome.failure_index() {
                Some(_) => Err(failed(&job, outcome)),
                None => finish(read, &job, outcome),
            }
        });
        self.together.ended(index, result.is_err());
        if let Some(ending) = self.endings.get_mut(index) {
            *ending = Some(result.into());
        }
    }

    /// Notes those that have ended by now, too.
    async fn note_ready(&mut self) {
        loop {
            let ended = tokio::select! {
                biased;
                ended = self.running.next() => ended,
                () = std::future::ready(()) => None,
            };
            let Some((index, result)) = ended else { return };
            self.note(index, result);
        }
    }

    fn verdict(&self) -> Verdict {
        let is_done = |ending: &Option<Ending<T>>| matches!(ending, Some(Ending::Done(_)));
        let ended = || self.endings.iter().flatten().count();
        let winner = match self.rule.how {
            How::First | How::Hedge(_) => {
                self.endings.iter().position(|ending| ending.as_ref().is_some_and(has_run))
            }
            How::FirstSuccess | How::InOrder => self.endings.iter().position(is_done),
            How::Quorum(needed) => {
                let done = self.endings.iter().filter(|ending| is_done(ending)).count();
                let failed = ended() - done;
                return match done >= needed || failed > self.len.saturating_sub(needed) {
                    true => Verdict::Over,
                    false => Verdict::Open,
                };
            }
        };
        match winner {
            Some(index) => Verdict::Won(index),
            None if ended() == self.len || (ended() == self.endings.len() && self.is_over()) => Verdict::Over,
            None => Verdict::Open,
        }
    }

    /// Returns whether no further command is to be started, of those that wait for the ones before them.
    fn is_over(&self) -> bool {
        let last = self.endings.iter().flatten().last();
        last.is_some_and(|last| matches!(last, Ending::Cancelled(_) | Ending::Panicked(_)))
            || remaining(self.until, &*self.rules.backend) == Some(Duration::ZERO)
    }

    /// Tears down what still runs, and waits for it.
    async fn stop(&mut self, winner: Option<usize>) {
        self.waiting.clear();
        if self.running.len() == 0 {
            return;
        }
        let (kind, why) = match winner {
            Some(index) => (CancelKind::RaceLost, format!("command {index} gave the result")),
            None if matches!(self.rule.how, How::Quorum(needed) if self.done() >= needed) => {
                (CancelKind::RaceLost, "enough others have succeeded".to_owned())
            }
            None => (CancelKind::FailFast, "too few can succeed".to_owned()),
        };
        self.stop.cancel_because(Cancellation::new(kind).message(why));
        while let Some((index, result)) = self.running.next().await {
            self.note(index, result);
        }
    }

    fn done(&self) -> usize {
        self.endings.iter().flatten().filter(|ending| ending.done().is_some()).count()
    }
}

/// Returns whether it ran to an end of its own, be it a failure.
fn has_run<T>(ending: &Ending<T>) -> bool {
    match ending {
        Ending::Done(_) | Ending::Panicked(_) => true,
        Ending::Failed(error) => error.outcome().is_some(),
        Ending::Cancelled(_) => false,
    }
}
