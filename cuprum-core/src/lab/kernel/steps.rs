//! A scripted process follows its script until it has to wait.

use std::time::Duration;

use super::process::Frame;
use super::{Due, Kernel, MOST_STEPS};
use crate::lab::moment::What;
use crate::lab::script::{Amount, Output, Script, Step};
use crate::outcome::ExitStatus;

/// How long the way back to the start of an endless repetition takes, so that time goes on.
const TURN: Duration = Duration::from_micros(1);

/// How much is copied in one step.
const COPY: usize = 16 << 10;

/// Sent to whoever writes what nobody can read (signal(7)).
const SIGPIPE: i32 = 13;

/// What becomes of a process after a step.
enum After {
    Next,
    /// The same step again, when it is woken.
    Wait,
    WaitUntil(Duration),
    End(ExitStatus),
}

impl Kernel {
    /// Makes the steps that can be made now.
    pub(super) fn steps(&mut self, pid: u32, due: Due) {
        let Some(process) = self.processes.get_mut(&pid).filter(|process| process.next == Some(due)) else {
            return;
        };
        process.next = None;
        self.deliver(pid);
        loop {
            let Some(process) = self.processes.get_mut(&pid) else { return };
            if !process.is_alive() || process.stopped {
                return;
            }
            process.steps += 1;
            if process.steps > MOST_STEPS {
                return self.overdue(pid);
            }
            match self.step(pid) {
                After::Next => {}
                After::Wait => return,
                After::WaitUntil(at) => return self.schedule_step_at(pid, at),
                After::End(status) => return self.exit(pid, status),
            }
            // Others may have a turn between any two steps.
            if self.chance.as_mut().is_some_and(|chance| chance.one_in(3)) {
                return self.schedule_step(pid);
            }
        }
    }

    /// Makes one step, or a part of it.
    fn step(&mut self, pid: u32) -> After {
        let has_children = self.has_children(pid);
        let Some(process) = self.processes.get_mut(&pid) else { return After::Wait };
        let Some(frame) = process.frames.last_mut() else { return After::End(ExitStatus::Code(0)) };
        let Some(step) = frame.script.steps.get(frame.at).cloned() else {
            return self.end_of_script(pid);
        };
        let (streams, progress) = (process.streams, process.progress);
        let after = match step {
            Step::Print(output, bytes) => {
                self.print(pid, output, bytes.split_at(progress.min(bytes.len())).1)
            }
            Step::Wait(duration) if progress == 0 => {
                let until = self.now.saturating_add(duration);
                self.advance(pid, 1);
                return After::WaitUntil(until);
            }
            Step::Read(amount) => self.read_step(pid, amount, progress),
            Step::Copy => self.copy(pid, None),
            Step::CopyFirst(0) => After::Next,
            Step::CopyFirst(bytes) => self.copy(pid, Some(bytes)),
            Step::Close(stream) => {
                self.close_stream(pid, stream, streams);
                After::Next
            }
            Step::OnTerm(on_term) => {
                process.on_term = on_term;
                After::Next
            }
            Step::Fork(script) => {
                self.fork(pid, script);
                After::Next
            }
            Step::NewSession => {
                // A process that leads a group cannot (setsid(2)).
                process.escaped |= process.group != pid;
                process.group = pid;
                After::Next
            }
            Step::Stop if progress == 0 => {
                process.stopped = true;
                process.progress = 1;
                return After::Wait;
            }
            Step::WaitForChildren if has_children => After::Wait,
            Step::Repeat(_, Some(0)) => After::Next,
            Step::Repeat(script, left) => {
                frame.at += 1;
                process.frames.push(Frame { script, at: 0, left });
                return After::Next;
            }
            Step::Hang => After::Wait,
            Step::Wait(_) | Step::Stop | Step::WaitForChildren => After::Next,
        };
        if let (After::Next, Some(process)) = (&after, self.processes.get_mut(&pid)) {
            process.progress = 0;
            if let Some(frame) = process.frames.last_mut() {
                frame.at += 1;
            }
        }
        after
    }

    /// Goes back to the start of a repetition, on with the script around it, or to the end.
    fn end_of_script(&mut self, pid: u32) -> After {
        let now = self.now;
        let Some(process) = self.processes.get_mut(&pid) else { return After::Wait };
        let Some(frame) = process.frames.last_mut() else { return After::End(ExitStatus::Code(0)) };
        if let Some(status) = frame.script.end {
            return After::End(status);
        }
        frame.at = 0;
        match &mut frame.left {
            None => return After::WaitUntil(now.saturating_add(TURN)),
            Some(left) if *left > 1 => *left -= 1,
            Some(_) => drop(process.frames.pop()),
        }
        After::Next
    }

    fn print(&mut self, pid: u32, output: Output, bytes: &[u8]) -> After {
        let Some(process) = self.processes.get(&pid) else { return After::Wait };
        let (pipe, what): (_, fn(usize) -> What) = match output {
            Output::Stdout => (process.streams.stdout, What::Stdout),
            Output::Stderr => (process.streams.stderr, What::Stderr),
        };
        // What nobody captures goes nowhere, at once.
        let Some(pipe) = pipe else { return After::Next };
        match self.write(pipe, bytes) {
            None => After::End(ExitStatus::Signal(SIGPIPE)),
            Some(length) => {
                if length > 0 {
                    self.note(pid, what(length));
                }
                if length == bytes.len() {
                    return After::Next;
                }
                self.advance(pid, length);
                self.again(pid, pipe, length)
            }
        }
    }

    /// Goes on with the same step: at once where something was done, else when the pipe has changed.
    fn again(&mut self, pid: u32, pipe: u64, done: usize) -> After {
        if done > 0 {
            return After::WaitUntil(self.now);
        }
        self.block_on_pipe(pipe, pid);
        After::Wait
    }

    fn read_step(&mut self, pid: u32, amount: Amount, progress: usize) -> After {
        let Some(pipe) = self.processes.get(&pid).and_then(|process| process.streams.stdin) else {
            return After::Next;
        };
        let mut input = Vec::new();
        let (read, done) = match amount {
            Amount::All => (self.read(pipe, usize::MAX, |bytes| input.extend_from_slice(bytes)), false),
            Amount::Bytes(all) => {
                let read =
                    self.read(pipe, all.saturating_sub(progress), |bytes| input.extend_from_slice(bytes));
                (read, progress + read.unwrap_or(0) >= all)
            }
            Amount::Line => match self.read_line(pipe, |bytes| input.extend_from_slice(bytes)) {
                Some((length, done)) => (Some(length), done),
                None => (None, true),
            },
        };
        let Some(length) = read else { return After::Next };
        self.took(pid, &input);
        self.advance(pid, length);
        if done { After::Next } else { self.again(pid, pipe, length) }
    }

    /// Copies what there is, of so many bytes at most.
    fn copy(&mut self, pid: u32, most: Option<usize>) -> After {
        let Some(process) = self.processes.get_mut(&pid) else { return After::Wait };
        let Some(stdin) = process.streams.stdin else { return After::Next };
        let mut input = Vec::new();
        let Some(length) =
            self.read(stdin, most.unwrap_or(COPY).min(COPY), |bytes| input.extend_from_slice(bytes))
        else {
            return After::Next;
        };
        if length == 0 {
            return self.again(pid, stdin, 0);
        }
        self.took(pid, &input);
        // What it has read it prints before it reads on.
        if let Some(process) = self.processes.get_mut(&pid) {
            let print = Script::new().print(input);
            let rest = match most {
                Some(most) => {
                    // The rest of them is copied in place of this step.
                    if let Some(frame) = process.frames.last_mut() {
                        frame.at += 1;
                    }
                    print.copy_first(most - length)
                }
                None => print,
            };
            process.frames.push(Frame::once(rest));
        }
        After::WaitUntil(self.now)
    }

    fn took(&mut self, pid: u32, input: &[u8]) {
        if !input.is_empty() {
            self.note(pid, What::Read(input.len()));
            self.processes.entry(pid).and_modify(|process| process.input.extend_from_slice(input));
        }
    }

    fn advance(&mut self, pid: u32, by: usize) {
        self.processes.entry(pid).and_modify(|process| process.progress += by);
    }
}
