//! What must hold of the events of every run: each stage has one end, and nothing is told out of order.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::check::Breach;
use crate::event::{Delivery, Event, EventKind, Observer, RunId};

/// What was told in a lab, as far as the rules need it. Clones hear the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard(Arc<Mutex<Told>>);

#[derive(Debug, Default)]
struct Told {
    runs: BTreeMap<RunId, Run>,
    stages: BTreeMap<(RunId, usize), &'static str>,
    breaches: Vec<Breach>,
}

/// The last event of a run.
#[derive(Debug)]
struct Run {
    sequence: u64,
    elapsed: Duration,
}

impl Heard {
    /// Returns the rules that are broken when nothing is under way any more.
    pub(super) fn breaches(&self) -> Vec<Breach> {
        let told = self.told();
        let mut breaches = told.breaches.clone();
        let open = told.stages.iter().filter(|(_, last)| !is_end(last));
        breaches.extend(open.map(|((id, stage), last)| {
            Breach::Event(format!("`{last}` is the last event of stage {stage} of the run {id}"))
        }));
        breaches
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Heard {
    fn event(&self, event: &Event) {
        let mut told = self.told();
        let (id, kind) = (event.id(), event.kind().name());
        let run = Run { sequence: event.sequence(), elapsed: event.elapsed() };
        let before = told.runs.insert(id, run);
        let rises = before
            .is_none_or(|before| before.sequence < event.sequence() && before.elapsed <= event.elapsed());
        let last = told.stages.insert((id, event.stage()), kind);
        if !rises || !follows(last, event.kind()) {
            let (last, stage) = (last.unwrap_or("nothing"), event.stage());
            told.breaches.push(Breach::Event(format!(
                "`{kind}`, number {}, came after `{last}` for stage {stage} of the run {id}",
                event.sequence()
            )));
        }
    }

    fn delivery(&self) -> Delivery {
        Delivery::Inline
    }
}

/// Returns whether an event may come after the one before it of the same stage.
fn follows(last: Option<&str>, kind: &EventKind) -> bool {
    let runs = |last| matches!(last, "started" | "stdin" | "stdin_failed" | "lines" | "cancelled");
    match (last, kind) {
        (None | Some("widened"), EventKind::Widened(_)) => true,
        (None, kind) => matches!(kind, EventKind::Planned | EventKind::Refused(_) | EventKind::Opened(_)),
        (Some("planned"), EventKind::Queued | EventKind::Refused(_)) => true,
        (Some("planned" | "queued"), kind) => {
            matches!(kind, EventKind::Started(_) | EventKind::NotStarted(_))
        }
        (Some("opened" | "progressed" | "retried"), kind) => {
            matches!(kind, EventKind::Progressed(_) | EventKind::Retried(_) | EventKind::Closed(_))
        }
        (Some(last), EventKind::Stdin(_) | EventKind::StdinFailed(_) | EventKind::Lines(_)) => runs(last),
        (Some(last), EventKind::Cancelled(_) | EventKind::Exited(_) | EventKind::Lost(_)) => runs(last),
        _ => false,
    }
}

/// Returns whether nothing may come any more.
fn is_end(kind: &str) -> bool {
    matches!(kind, "refused" | "not_started" | "exited" | "lost" | "closed" | "widened")
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::event::{NotStarted, Started};

    /// Tells these events of one run, and returns what is wrong with them.
    fn breaches(kinds: &[(u64, EventKind)]) -> Vec<String> {
        let heard = Heard::default();
        for (sequence, kind) in kinds {
            heard.event(&Event {
                id: RunId::from_u128(1),
                parent: None,
                invocation: None,
                sequence: *sequence,
                at: SystemTime::UNIX_EPOCH,
                elapsed: Duration::ZERO,
                kind: kind.clone(),
            });
        }
        heard
            .breaches()
            .iter()
            .map(|breach| breach.to_string().split(" of the run").next().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn a_stage_without_an_end_or_with_two_or_out_of_order_is_a_breach() {
        let started = || EventKind::Started(Started { pid: 7 });
        let end = || EventKind::NotStarted(NotStarted { error: "spawn", reason: "why".into() });
        assert!(breaches(&[(0, EventKind::Planned), (3, end())]).is_empty());
        assert_eq!(
            breaches(&[(0, EventKind::Planned), (1, started())]),
            ["`started` is the last event of stage 0"]
        );
        assert_eq!(
            breaches(&[(0, EventKind::Planned), (1, end()), (2, end())]),
            ["`not_started`, number 2, came after `not_started` for stage 0"]
        );
        assert_eq!(
            breaches(&[(1, EventKind::Planned), (0, end())]),
            ["`not_started`, number 0, came after `planned` for stage 0"]
        );
        assert_eq!(breaches(&[(0, started())]).len(), 2);
    }
}
