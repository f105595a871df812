//! The entries of the process table: how they come to be, what they hold.

use std::task::{Context, Poll, Waker};

use super::{Due, Event, Kernel};
use crate::backend::Signal;
use crate::lab::moment::What;
use crate::lab::script::{OnTerm, Output, Script, Stream};
use crate::outcome::ExitStatus;

/// An entry of the process table.
#[derive(Debug)]
pub(in crate::lab) struct Proc {
    pub(in crate::lab) parent: Parent,
    pub(in crate::lab) group: u32,
    /// It left its group for a session of its own.
    pub(in crate::lab) escaped: bool,
    /// It was sent a signal that it cannot survive.
    pub(in crate::lab) doomed: bool,
    pub(in crate::lab) overdue: bool,
    pub(in crate::lab) state: State,
    pub(in crate::lab) waiter: Option<Waker>,
    pub(super) next: Option<Due>,
    pub(super) last: Option<Due>,
    pub(super) frames: Vec<Frame>,
    pub(super) on_term: OnTerm,
    pub(super) stopped: bool,
    /// The signals that came while it was stopped.
    pub(super) pending: Vec<Signal>,
    pub(super) streams: Streams,
    /// How far it is within the step.
    pub(super) progress: usize,
    pub(super) steps: u64,
    pub(in crate::lab) input: Vec<u8>,
}

/// Who takes the status of a process when it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lab) enum Parent {
    Host,
    Script(u32),
    /// It takes every status at once.
    Init,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lab) enum State {
    Alive,
    Zombie(ExitStatus),
}

/// The ends of pipes that a process holds.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::lab) struct Streams {
    pub(in crate::lab) stdin: Option<u64>,
    pub(in crate::lab) stdout: Option<u64>,
    pub(in crate::lab) stderr: Option<u64>,
}

/// A script that a process follows, and how often it still does.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) script: Script,
    pub(super) at: usize,
    pub(super) left: Option<u32>,
}

impl Frame {
    pub(super) fn once(script: Script) -> Self {
        Self { script, at: 0, left: Some(1) }
    }
}

impl Proc {
    pub(in crate::lab) fn is_alive(&self) -> bool {
        self.state == State::Alive
    }

    /// Leaves what it did and follows this instead.
    pub(super) fn restart(&mut self, frame: Frame) {
        self.frames = vec![frame];
        self.progress = 0;
    }
}

impl Kernel {
    /// Starts a process of the host, which leads a group, with these ends of pipes.
    pub(in crate::lab) fn start(&mut self, pid: u32, script: Script, streams: Streams) {
        self.note(pid, What::Started);
        self.enter(pid, Parent::Host, pid, streams, OnTerm::Die, script);
    }

    fn enter(
        &mut self,
        pid: u32,
        parent: Parent,
        group: u32,
        streams: Streams,
        on_term: OnTerm,
        script: Script,
    ) {
        let last = self.at(self.now.saturating_add(self.limit), Event::Overdue(pid));
        let process = Proc {
            parent,
            group,
            escaped: false,
            doomed: false,
            overdue: false,
            state: State::Alive,
            waiter: None,
            next: None,
            last: Some(last),
            frames: vec![Frame::once(script)],
            on_term,
            stopped: false,
            pending: Vec::new(),
            streams,
            progress: 0,
            steps: 0,
            input: Vec::new(),
        };
        self.processes.insert(pid, process);
        self.schedule_step(pid);
    }

    pub(super) fn close_stream(&mut self, pid: u32, stream: Stream, streams: Streams) {
        match stream {
            Stream::Stdin => streams.stdin.into_iter().for_each(|id| self.close_reader(id)),
            Stream::Out(Output::Stdout) => streams.stdout.into_iter().for_each(|id| self.close_writer(id)),
            Stream::Out(Output::Stderr) => streams.stderr.into_iter().for_each(|id| self.close_writer(id)),
        }
        self.processes.entry(pid).and_modify(|process| match stream {
            Stream::Stdin => process.streams.stdin = None,
            Stream::Out(Output::Stdout) => process.streams.stdout = None,
            Stream::Out(Output::Stderr) => process.streams.stderr = None,
        });
    }

    pub(super) fn close_streams(&mut self, pid: u32) {
        if let Some(process) = self.processes.get_mut(&pid) {
            let streams = std::mem::take(&mut process.streams);
            streams.stdin.into_iter().for_each(|id| self.close_reader(id));
            [streams.stdout, streams.stderr].into_iter().flatten().for_each(|id| self.close_writer(id));
        }
    }

    /// A child shares the group and the streams, and inherits what is ignored, but no code for signals.
    pub(super) fn fork(&mut self, parent: u32, script: Script) {
        let Some(process) = self.processes.get(&parent) else { return };
        let (streams, group) = (process.streams, process.group);
        let on_term = if process.on_term == OnTerm::Ignore { OnTerm::Ignore } else { OnTerm::Die };
        let escaped = process.escaped;
        streams.stdin.into_iter().for_each(|id| self.add_reader(id));
        [streams.stdout, streams.stderr].into_iter().flatten().for_each(|id| self.add_writer(id));
        let pid = self.new_pid();
        self.note(pid, What::Forked(parent));
        self.enter(pid, Parent::Script(parent), group, streams, on_term, script);
        self.processes.entry(pid).and_modify(|process| process.escaped = escaped);
    }

    pub(super) fn has_children(&self, pid: u32) -> bool {
        self.processes.values().any(|process| process.parent == Parent::Script(pid) && process.is_alive())
    }

    /// Waits for the host until a process has ended.
    pub(in crate::lab) fn host_waits(&mut self, pid: u32, context: &Context<'_>) -> Poll<()> {
        match self.processes.get_mut(&pid) {
            Some(process) if process.is_alive() => {
                let old = process.waiter.replace(context.waker().clone());
                self.trash.extend(old);
                Poll::Pending
            }
            _ => Poll::Ready(()),
        }
    }
}
