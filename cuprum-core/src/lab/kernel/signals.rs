//! Signals, and how processes end: zombies, orphans, and who takes their status (wait(2), kill(2)).

use super::process::{Frame, Parent};
use super::{Event, Kernel, State};
use crate::backend::Signal;
use crate::lab::moment::What;
use crate::lab::script::OnTerm;
use crate::outcome::ExitStatus;

const SIGHUP: i32 = 1;
const SIGINT: i32 = 2;
const SIGQUIT: i32 = 3;
const SIGKILL: i32 = 9;
const SIGUSR1: i32 = 10;
const SIGUSR2: i32 = 12;
const SIGTERM: i32 = 15;

impl Kernel {
    /// Sends a signal to a process of the host, and to its group if it leads one; returns whether there was
    /// anybody to get it.
    ///
    /// A zombie counts, and does nothing with it.
    pub(in crate::lab) fn signal(&mut self, pid: u32, signal: Signal) -> bool {
        let leads = self.processes.get(&pid).is_none_or(|process| process.group == pid);
        let is_meant = |other: u32, group: u32| if leads { group == pid } else { other == pid };
        let mut found = false;
        let mut reached = Vec::new();
        for (other, process) in &self.processes {
            if is_meant(*other, process.group) {
                found = true;
                reached.extend(process.is_alive().then_some(*other));
            }
        }
        if found {
            self.note(pid, What::Signalled(signal));
        }
        for other in reached {
            self.send(other, signal);
        }
        found
    }

    /// Makes a signal pending; one that continues does so at once (signal(7)).
    fn send(&mut self, pid: u32, signal: Signal) {
        let Some(process) = self.processes.get_mut(&pid) else { return };
        if signal == Signal::Cont {
            if std::mem::take(&mut process.stopped) {
                self.schedule_step(pid);
            }
        } else {
            process.pending.push(signal);
        }
        self.at(self.now, Event::Deliver(pid));
    }

    /// Does with the pending signals what the process says, or what it does by default. A process makes no
    /// step before that.
    pub(super) fn deliver(&mut self, pid: u32) {
        loop {
            let Some(process) = self.processes.get_mut(&pid).filter(|process| process.is_alive()) else {
                return;
            };
            let kill = process.pending.iter().position(|signal| *signal == Signal::Kill);
            // One that is stopped gets the others when it goes on.
            let first = (!process.stopped && !process.pending.is_empty()).then_some(0);
            let Some(at) = kill.or(first) else { return };
            match process.pending.remove(at) {
                Signal::Stop => process.stopped = true,
                Signal::Cont => {}
                Signal::Term => self.asked_to_end(pid),
                Signal::Kill => self.exit(pid, ExitStatus::Signal(SIGKILL)),
                Signal::Hup => self.exit(pid, ExitStatus::Signal(SIGHUP)),
                Signal::Int => self.exit(pid, ExitStatus::Signal(SIGINT)),
                Signal::Quit => self.exit(pid, ExitStatus::Signal(SIGQUIT)),
                Signal::Usr1 => self.exit(pid, ExitStatus::Signal(SIGUSR1)),
                Signal::Usr2 => self.exit(pid, ExitStatus::Signal(SIGUSR2)),
            }
        }
    }

    fn asked_to_end(&mut self, pid: u32) {
        let Some(process) = self.processes.get_mut(&pid) else { return };
        match std::mem::replace(&mut process.on_term, OnTerm::Ignore) {
            OnTerm::Die => self.exit(pid, ExitStatus::Signal(SIGTERM)),
            OnTerm::Ignore => {}
            OnTerm::Run(script) => {
                let script = match script.end {
                    Some(_) => script,
                    None => script.then_exit(0),
                };
                process.restart(Frame::once(script));
                let next = process.next.take();
                self.forget_all(next);
                self.schedule_step(pid);
            }
        }
    }

    /// Ends a process: its streams are closed, its children are orphans, and its status waits to be taken.
    pub(super) fn exit(&mut self, pid: u32, status: ExitStatus) {
        let Some(process) = self.processes.get_mut(&pid).filter(|process| process.is_alive()) else { return };
        process.state = State::Zombie(status);
        let due = [process.next.take(), process.last.take()];
        let (parent, waiter) = (process.parent, process.waiter.take());
        self.forget_all(due.into_iter().flatten());
        self.woken.extend(waiter);
        self.note(pid, What::Exited(status));
        self.close_streams(pid);
        self.processes.retain(|_, process| process.parent != Parent::Script(pid) || process.is_alive());
        for process in self.processes.values_mut().filter(|process| process.parent == Parent::Script(pid)) {
            process.parent = Parent::Init;
        }
        match parent {
            Parent::Host => {}
            Parent::Init => drop(self.processes.remove(&pid)),
            Parent::Script(parent) => self.schedule_step(parent),
        }
    }

    /// Returns whether nobody lives of the group that a process leads.
    pub(in crate::lab) fn is_gone(&self, leader: u32) -> bool {
        !self.processes.values().any(|process| process.group == leader && process.is_alive())
    }

    /// Takes the status of a process that has ended.
    pub(in crate::lab) fn reap(&mut self, pid: u32) -> Option<ExitStatus> {
        let Some(State::Zombie(status)) = self.processes.get(&pid).map(|process| process.state) else {
            return None;
        };
        self.processes.remove(&pid);
        self.note(pid, What::Reaped);
        Some(status)
    }

    /// Kills a group at once and reaps its leader, as the real backend does with a process that nobody holds.
    pub(in crate::lab) fn abandon(&mut self, pid: u32) {
        if !self.processes.contains_key(&pid) {
            return;
        }
        let leads = self.processes.get(&pid).is_none_or(|process| process.group == pid);
        let is_meant = |other: u32, group: u32| if leads { group == pid } else { other == pid };
        let members = self.processes.iter().filter(|(other, process)| is_meant(**other, process.group));
        let members: Vec<u32> = members.map(|(other, _)| *other).collect();
        members.into_iter().for_each(|member| self.exit(member, ExitStatus::Signal(SIGKILL)));
        self.processes.remove(&pid);
        self.note(pid, What::Abandoned);
    }

    /// Ends a process whose time is over.
    pub(super) fn overdue(&mut self, pid: u32) {
        if let Some(process) = self.processes.get_mut(&pid).filter(|process| process.is_alive()) {
            process.overdue = true;
            self.note(pid, What::Overdue);
            self.exit(pid, ExitStatus::Signal(SIGKILL));
        }
    }
}
