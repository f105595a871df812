//! Events made by hand, for what no run makes on demand.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::event::{Event, EventKind, Exited, Group, Opened, RunId, Started};
use crate::outcome::ExitStatus;
use crate::spec::{Invocation, ProgramSpec, Project, Tags, Tier};

const GIT: ProgramSpec = ProgramSpec::new("git");

/// Makes the events of one stage, or of one group.
pub(super) struct Made {
    pub(super) event: Event,
}

impl Made {
    /// The first stage of `stages`.
    pub(super) fn stage(run: u128, stage: usize, stages: usize) -> Self {
        let invocation = Invocation {
            program: &GIT,
            project: Project::new("core-ops"),
            file: None,
            words: vec!["log".into()],
            dir: None,
            changes: Vec::new(),
            inherits: true,
            tier: Tier::Read,
            stage,
            stages,
            tags: Tags::new(),
        };
        Self::of(run, Some(Arc::new(invocation)))
    }

    pub(super) fn group(run: u128) -> Self {
        Self::of(run, None)
    }

    fn of(run: u128, invocation: Option<Arc<Invocation>>) -> Self {
        let event = Event {
            id: RunId::from_u128(run),
            parent: None,
            invocation,
            sequence: 0,
            at: SystemTime::UNIX_EPOCH,
            elapsed: Duration::ZERO,
            kind: EventKind::Planned,
        };
        Self { event }
    }

    pub(super) fn inside(mut self, run: u128) -> Self {
        self.event.parent = Some(RunId::from_u128(run));
        self
    }

    /// Returns an event of a kind, so many milliseconds after the first one.
    pub(super) fn at(&self, millis: u64, kind: EventKind) -> Event {
        let after = Duration::from_millis(millis);
        Event { at: self.event.at + after, elapsed: after, kind, ..self.event.clone() }
    }

    pub(super) fn planned(&self) -> Event {
        self.at(0, EventKind::Planned)
    }

    pub(super) fn opened(&self, group: Group) -> Event {
        self.at(0, EventKind::Opened(Opened { group, commands: Some(2) }))
    }

    pub(super) fn started(&self, millis: u64) -> Event {
        self.at(millis, EventKind::Started(Started { pid: 42 }))
    }

    pub(super) fn exited(&self, millis: u64, code: i32) -> Event {
        let exited = Exited {
            pid: 42,
            status: ExitStatus::Code(code),
            failed: code != 0,
            duration: Duration::from_millis(millis),
            cpu: None,
            stdout: None,
            stderr: None,
            stopped: None,
            leaked: false,
        };
        self.at(millis, EventKind::Exited(exited))
    }
}
