//! Listens to a process and its output.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, ReadBuf};

use super::Moment;
use super::format::{Line, Run};
use super::mask::Mask;
use super::record::{TapeFile, line};
use crate::backend::{Backend, Process, ReadPipe, Reaped, Signal};
use crate::outcome::ExitStatus;

/// What is known of a run that has not ended.
pub(super) struct Log {
    file: Arc<TapeFile>,
    head: Run,
    mask: Mask,
    moments: Vec<(u64, Moment)>,
}

impl Log {
    pub(super) fn new(file: Arc<TapeFile>, head: Run, mask: Mask) -> Self {
        Self { file, head, mask, moments: Vec::new() }
    }

    /// Writes a run that has not begun.
    pub(super) fn refused(mut self, errno: i32) {
        self.moments.push((0, Moment::Refused(errno)));
        self.write();
    }

    pub(super) fn begun(self, backend: Arc<dyn Backend>, begun: Duration) -> Listener {
        Listener { log: Arc::new(Mutex::new(Some(self))), backend, begun }
    }

    /// Hides what is secret, and writes the whole run.
    fn write(self) {
        let Self { file, head, mask, mut moments } = self;
        let mut stdout = Vec::new();
        let mut stderr = Vec::new();
        for (_, moment) in &mut moments {
            match moment {
                Moment::Stdout(bytes) => stdout.push(bytes),
                Moment::Stderr(bytes) => stderr.push(bytes),
                _ => {}
            }
        }
        mask.pieces(&mut stdout);
        mask.pieces(&mut stderr);
        let first = Line { run: Some(head), ..Line::default() };
        let lines = moments.into_iter().map(|(at, moment)| line(at, moment));
        file.write(&std::iter::once(first).chain(lines).collect::<Vec<_>>());
    }
}

/// Writes down what happens; the log is gone when the run has ended.
#[derive(Clone)]
pub(super) struct Listener {
    log: Arc<Mutex<Option<Log>>>,
    backend: Arc<dyn Backend>,
    begun: Duration,
}

impl Listener {
    fn log(&self) -> MutexGuard<'_, Option<Log>> {
        // The log is whole, whoever panicked.
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the time since the beginning, in microseconds.
    fn now(&self) -> u64 {
        let at = self.backend.now().saturating_sub(self.begun).as_micros();
        u64::try_from(at).unwrap_or(u64::MAX)
    }

    pub(super) fn note(&self, moment: Moment) {
        self.note_at(self.now(), moment);
    }

    fn note_at(&self, at: u64, moment: Moment) {
        if let Some(log) = &mut *self.log() {
            // Of two clocks' readings the later one may come first, from another thread.
            let last = log.moments.last().map_or(0, |(last, _)| *last);
            log.moments.push((at.max(last), moment));
        }
    }

    fn ended(&self, at: u64, status: ExitStatus) {
        self.note_at(at, Moment::Ended(status));
        if let Some(log) = self.log().take() {
            log.write();
        }
    }
}

/// A process that is listened to.
pub(super) struct TeeProcess {
    process: Box<dyn Process>,
    listener: Listener,
    /// When its exit was seen. The stages of a pipeline are reaped together, and that would hide who was first.
    exited: Option<u64>,
}

impl TeeProcess {
    pub(super) fn new(process: Box<dyn Process>, listener: Listener) -> Self {
        Self { process, listener, exited: None }
    }
}

impl std::fmt::Debug for TeeProcess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.process.fmt(f)
    }
}

impl Process for TeeProcess {
    fn pid(&self) -> u32 {
        self.process.pid()
    }

    fn poll_exit(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.process.poll_exit(context))?;
        self.exited.get_or_insert_with(|| self.listener.now());
        Poll::Ready(Ok(()))
    }

    fn status(&self) -> io::Result<Option<ExitStatus>> {
        self.process.status()
    }

    fn signal(&self, signal: Signal) -> io::Result<()> {
        if signal == Signal::Term {
            self.listener.note(Moment::Asked);
        }
        self.process.signal(signal)
    }

    fn group_is_gone(&mut self) -> bool {
        self.process.group_is_gone()
    }

    fn reap(&mut self) -> io::Result<Reaped> {
        let reaped = self.process.reap()?;
        self.listener.ended(self.exited.unwrap_or_else(|| self.listener.now()), reaped.status);
        Ok(reaped)
    }

    fn leave_runtime(&mut self) {
        self.process.leave_runtime();
    }
}

/// An output that is listened to.
pub(super) struct TeeReader {
    pipe: ReadPipe,
    listener: Listener,
    is_stdout: bool,
}

impl TeeReader {
    pub(super) fn new(pipe: ReadPipe, listener: Listener, is_stdout: bool) -> Self {
        Self { pipe, listener, is_stdout }
    }
}

impl AsyncRead for TeeReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.pipe).poll_read(context, buffer))?;
        let read = buffer.filled().get(before..).unwrap_or_default();
        if !read.is_empty() {
            let moment = if self.is_stdout { Moment::Stdout } else { Moment::Stderr };
            self.listener.note(moment(read.to_vec()));
        }
        Poll::Ready(Ok(()))
    }
}
