//! What must hold after every run, whatever its script, its faults and its end were.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::kernel::{Proc, State as ProcState};
use super::moment::{Moment, What};
use super::redirect::TEMPORARY;
use super::world::State;
use crate::backend::Signal;

/// A rule that was broken in a lab.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Breach {
    /// A process lives on.
    Alive(u32),
    /// A process has ended, and nobody took its status.
    Zombie(u32),
    /// The end of a pipe to this process is still open.
    OpenPipe(u32),
    /// A process that was started has no end, or more than one.
    Ends(u32, usize),
    /// The clock went back, or something happened to a process that was not there.
    Order(Moment),
    /// From the request to end to the end, it took longer than it may.
    SlowTeardown(u32, Duration),
    /// A run gave a process up without ending it.
    Abandoned(u32),
    /// A script had not ended when the clock had come to the limit.
    Overdue(u32),
    /// A command for which there was no script, and the script that comes nearest.
    Unscripted(String),
    /// A run that was recorded and that nobody has asked for.
    Unplayed(String),
    /// A file that was to replace another one is still beside it.
    HalfWritten(PathBuf),
    /// An event out of order, or a run that was told of and has no end.
    Event(String),
    /// The future waits for something that no longer can come.
    Stuck,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alive(pid) => write!(f, "pid {pid} is still alive"),
            Self::Zombie(pid) => write!(f, "pid {pid} is a zombie: its status was not taken"),
            Self::OpenPipe(pid) => write!(f, "a pipe to pid {pid} is still open"),
            Self::Ends(pid, ends) => write!(f, "pid {pid} was started once and ended {ends} times"),
            Self::Order(moment) => write!(f, "this cannot follow what was before:{moment}"),
            Self::SlowTeardown(pid, took) => write!(f, "the teardown of pid {pid} took {took:?}"),
            Self::Abandoned(pid) => write!(f, "pid {pid} was given up before it had ended"),
            Self::Overdue(pid) => write!(f, "the script of pid {pid} did not end by itself"),
            Self::Unscripted(what) => write!(f, "there is no script for {what}"),
            Self::Unplayed(what) => write!(f, "nobody asked for {what}"),
            Self::HalfWritten(path) => {
                write!(f, "{} was not put into its place, nor removed", path.display())
            }
            Self::Event(what) => f.write_str(what),
            Self::Stuck => f.write_str("the future waits for something that can no longer come"),
        }
    }
}

impl State {
    /// Returns the rules that are broken now, when nothing is under way any more.
    pub(super) fn breaches(&self) -> Vec<Breach> {
        let mut breaches = Vec::new();
        if !self.setup.allow_unscripted {
            breaches.extend(self.unscripted.iter().cloned().map(Breach::Unscripted));
        }
        for (at, entry) in self.setup.entries.iter().enumerate() {
            let answered = self.answered.get(at).copied().unwrap_or_default();
            if answered < entry.must {
                let (must, about, place) = (entry.must, &entry.about, &entry.place);
                let what = format!("{about} ({place}), recorded {must} times and run {answered} times");
                breaches.push(Breach::Unplayed(what));
            }
        }
        let left = |process: &&Proc| !process.escaped || !process.is_alive();
        for (pid, process) in self.kernel.processes.iter().filter(|(_, process)| left(process)) {
            breaches.push(match process.state {
                ProcState::Alive => Breach::Alive(*pid),
                ProcState::Zombie(_) => Breach::Zombie(*pid),
            });
        }
        breaches.extend(
            self.kernel.pipes.values().filter(|pipe| pipe.held > 0).map(|pipe| Breach::OpenPipe(pipe.owner)),
        );
        let is_temporary = |path: &&PathBuf| {
            path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes()))
        };
        breaches.extend(self.kernel.files.keys().filter(is_temporary).cloned().map(Breach::HalfWritten));
        self.check_trace(&mut breaches);
        breaches
    }

    fn check_trace(&self, breaches: &mut Vec<Breach>) {
        let mut last = Duration::ZERO;
        let mut lives: BTreeMap<u32, Life> = BTreeMap::new();
        for moment in &self.kernel.trace {
            let Moment { at, pid, what } = *moment;
            let life = lives.entry(pid).or_default();
            let fits = match what {
                What::Started => std::mem::replace(&mut life.started, true) != life.started,
                What::Forked(_) => !life.started,
                What::Exited(_) => !std::mem::replace(&mut life.exited, true) && life.ends == 0,
                What::Stdout(_) | What::Stderr(_) | What::Read(_) => !life.exited && life.ends == 0,
                What::Signalled(signal) => {
                    if signal == Signal::Term {
                        life.asked.get_or_insert(at);
                    }
                    life.started && life.ends == 0
                }
                What::Reaped => {
                    life.ends += 1;
                    life.started && life.exited
                }
                What::Abandoned => {
                    life.ends += 1;
                    // A fault can leave a run no other way.
                    if self.faults.injected == 0 {
                        breaches.push(Breach::Abandoned(pid));
                    }
                    life.started
                }
                What::Overdue => {
                    breaches.push(Breach::Overdue(pid));
                    true
                }
                What::Fault(_) | What::Cancelled => true,
            };
            if !fits || at < last {
                breaches.push(Breach::Order(*moment));
            }
            last = last.max(at);
            // A clock that jumps makes every teardown long.
            if life.ends == 1
                && self.faults.injected == 0
                && let Some(took) = life.asked.take().map(|asked| at.saturating_sub(asked))
                && took > self.setup.teardown
            {
                breaches.push(Breach::SlowTeardown(pid, took));
            }
        }
        let wrong = lives.iter().filter(|(_, life)| life.started && life.ends != 1);
        breaches.extend(wrong.map(|(pid, life)| Breach::Ends(*pid, life.ends)));
    }
}

/// What is known of a process that the host started.
#[derive(Debug, Default)]
struct Life {
    started: bool,
    exited: bool,
    ends: usize,
    asked: Option<Duration>,
}
