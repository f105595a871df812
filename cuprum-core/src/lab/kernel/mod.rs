//! The scripted machine: a clock, what is due, processes and pipes. It goes on one event at a time.
//!
//! In reading order: [`Kernel`] (the clock), `process` (the table), `steps` (following a script), `signals`
//! (and how processes end), `pipe`.

mod pipe;
mod process;
mod signals;
mod steps;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::task::Waker;
use std::time::Duration;

use self::pipe::Pipe;
pub(super) use self::process::{Proc, State, Streams};
use super::chance::Chance;
use super::moment::{Moment, What};
use crate::backend::Signal;

/// The first process id; init has 1, and nobody mistakes these for real ones in a text.
const FIRST_PID: u32 = 101;

/// How many steps a process makes at most; one that makes more goes round in a circle.
const MOST_STEPS: u64 = 1_000_000;

#[derive(Debug, Default)]
pub(super) struct Kernel {
    pub(super) now: Duration,
    due: BTreeMap<Due, Event>,
    last_id: u64,
    last_pid: u32,
    pub(super) processes: BTreeMap<u32, Proc>,
    pub(super) pipes: BTreeMap<u64, Pipe>,
    /// Decides what a machine leaves open; where there is none, all is as early and as whole as it can be.
    pub(super) chance: Option<Chance>,
    pub(super) files: BTreeMap<PathBuf, Vec<u8>>,
    pub(super) trace: Vec<Moment>,
    /// Who is woken when the world is let go.
    pub(super) woken: Vec<Waker>,
    /// Wakers that are only dropped then: that may run code of others.
    pub(super) trash: Vec<Waker>,
    /// How long a process may take.
    pub(super) limit: Duration,
}

/// When an event is due. Of those at the same time, chance decides, or else which was there first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Due {
    at: Duration,
    order: u64,
    id: u64,
}

#[derive(Debug)]
enum Event {
    Wake(Waker),
    Step(u32),
    Deliver(u32, Signal),
    Overdue(u32),
}

impl Kernel {
    pub(super) fn new(chance: Option<Chance>, files: BTreeMap<PathBuf, Vec<u8>>) -> Self {
        Self { chance, files, ..Self::default() }
    }

    fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    pub(super) fn new_pid(&mut self) -> u32 {
        self.last_pid = self.last_pid.max(FIRST_PID - 1) + 1;
        self.last_pid
    }

    fn at(&mut self, at: Duration, event: Event) -> Due {
        let order = self.chance.as_mut().map_or(0, Chance::next);
        let due = Due { at, order, id: self.new_id() };
        self.due.insert(due, event);
        due
    }

    /// Calls `waker` at this time.
    pub(super) fn wake_at(&mut self, at: Duration, waker: Waker) -> Due {
        self.at(at, Event::Wake(waker))
    }

    /// Takes back what is not due yet; returns whether it was there.
    pub(super) fn forget(&mut self, due: Due) -> bool {
        match self.due.remove(&due) {
            Some(Event::Wake(waker)) => {
                self.trash.push(waker);
                true
            }
            found => found.is_some(),
        }
    }

    fn forget_all(&mut self, due: impl IntoIterator<Item = Due>) {
        for due in due {
            self.forget(due);
        }
    }

    pub(super) fn note(&mut self, pid: u32, what: What) {
        self.trace.push(Moment { at: self.now, pid, what });
    }

    /// Returns whether something is due at this very time.
    pub(super) fn is_due(&self) -> bool {
        self.due.first_key_value().is_some_and(|(due, _)| due.at <= self.now)
    }

    /// Makes the next event happen, at its time; returns whether there was one.
    pub(super) fn go_on(&mut self) -> bool {
        let Some((due, event)) = self.due.pop_first() else { return false };
        self.now = self.now.max(due.at);
        match event {
            Event::Wake(waker) => self.woken.push(waker),
            Event::Step(pid) => self.steps(pid, due),
            Event::Deliver(pid, signal) => self.deliver(pid, signal),
            Event::Overdue(pid) => self.overdue(pid),
        }
        true
    }

    /// Returns whether anything of the host waits for this machine.
    pub(super) fn is_waited_for(&self) -> bool {
        self.pipe_waits()
            || self.processes.values().any(|process| process.waiter.is_some())
            || self.due.values().any(|event| matches!(event, Event::Wake(_)))
    }

    /// Wakes whoever waits, so that it asks again.
    pub(super) fn wake_all(&mut self) {
        self.wake_pipes();
        let waiters = self.processes.values_mut().filter_map(|process| process.waiter.take());
        self.woken.extend(waiters);
        let wakers = self.due.values().filter_map(|event| match event {
            Event::Wake(waker) => Some(waker.clone()),
            _ => None,
        });
        self.woken.extend(wakers);
    }

    /// Lets a process make its next step, now.
    fn schedule_step(&mut self, pid: u32) {
        self.schedule_step_at(pid, self.now);
    }

    fn schedule_step_at(&mut self, pid: u32, at: Duration) {
        let alive = |process: &&mut Proc| process.next.is_none() && process.is_alive();
        if self.processes.get_mut(&pid).filter(alive).is_some() {
            let due = self.at(at, Event::Step(pid));
            self.processes.entry(pid).and_modify(|process| process.next = Some(due));
        }
    }
}
