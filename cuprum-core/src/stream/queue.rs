//! What is held back for a sink that may be slow, and the thread or task that writes it.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tokio::sync::Notify;

use super::Haste;

/// How much is held back at most; as much again may be on its way.
const MOST: usize = 1 << 20;

/// How much is written at once, so that it is seen that the sink takes something.
const PIECE: usize = 64 << 10;

/// A bounded queue of bytes between a stream and a sink.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    /// Something came, or nothing more will: for a thread that writes, and for a task.
    filled: Condvar,
    filled_async: Notify,
    /// Something was taken, or nothing more will be.
    taken: Notify,
}

#[derive(Debug, Default)]
struct State {
    waiting: Vec<u8>,
    /// How much was put in, in all.
    queued: u64,
    written: u64,
    dropped: u64,
    closed: bool,
    /// Nobody writes any more.
    done: bool,
    /// Nobody waits any more for what is written.
    abandoned: bool,
    failure: Option<io::Error>,
}

/// What became of what was put into a queue.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub(crate) written: u64,
    pub(crate) dropped: u64,
    pub(crate) failure: Option<io::Error>,
}

/// An asynchronous writer that several streams may share.
pub(crate) type SharedWriter = Arc<tokio::sync::Mutex<Pin<Box<dyn AsyncWrite + Send>>>>;

impl Queue {
    /// Starts a thread that calls `write` with what is put in, and with `true` where nothing more waits.
    ///
    /// It is a thread of its own, since a write to a terminal may never return, and a runtime waits at its
    /// end for those it lent.
    pub(crate) fn thread(write: impl FnMut(&[u8], bool) -> io::Result<()> + Send + 'static) -> Arc<Self> {
        let queue = Arc::new(Self::default());
        let theirs = Ended(Arc::clone(&queue));
        let thread = std::thread::Builder::new().name("cuprum-sink".to_owned());
        if let Err(error) = thread.spawn(move || theirs.0.write(write)) {
            queue.fail(error);
        }
        queue
    }

    /// Starts a task that writes what is put in.
    pub(crate) fn task(writer: SharedWriter) -> Arc<Self> {
        let queue = Arc::new(Self::default());
        let theirs = Ended(Arc::clone(&queue));
        tokio::spawn(async move { theirs.0.write_async(writer).await });
        queue
    }

    /// Puts in what there is room for; drops the rest, or waits until it fits, but not in haste.
    pub(super) async fn put(&self, mut bytes: &[u8], wait: Option<&Haste>) {
        loop {
            let wait = wait.filter(|haste| !haste.is_made());
            {
                let mut state = self.state();
                let room = if state.done { 0 } else { MOST.saturating_sub(state.waiting.len()) };
                let (fits, rest) = bytes.split_at(room.min(bytes.len()));
                state.waiting.extend_from_slice(fits);
                state.queued += fits.len() as u64;
                bytes = rest;
                if !bytes.is_empty() && (state.done || wait.is_none()) {
                    state.dropped += bytes.len() as u64;
                    bytes = &[];
                }
            }
            self.filled.notify_one();
            self.filled_async.notify_one();
            match wait {
                Some(haste) if !bytes.is_empty() => tokio::select! {
                    () = self.taken.notified() => {}
                    () = haste.made() => {}
                },
                _ => return,
            }
        }
    }

    /// Says that nothing more comes.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.filled.notify_one();
        self.filled_async.notify_one();
    }

    /// Waits until everything was written, or until `patience`, asked anew whenever something was, ends.
    pub(super) async fn finish<P: Future<Output = ()>>(&self, patience: impl Fn() -> P) -> Taken {
        self.close();
        while !self.state().done {
            let patient = tokio::select! {
                biased;
                () = self.taken.notified() => true,
                () = patience() => false,
            };
            if !patient {
                break;
            }
        }
        let mut state = self.state();
        // Whoever still writes ends with the piece at hand, and finds no more.
        state.waiting = Vec::new();
        state.abandoned = true;
        let lost = state.queued.saturating_sub(state.written);
        let hangs = || io::Error::new(io::ErrorKind::TimedOut, "it takes nothing any more");
        let failure = if state.done { state.failure.take() } else { Some(hangs()) };
        Taken { written: state.written, dropped: state.dropped + lost, failure }
    }

    fn write(&self, mut write: impl FnMut(&[u8], bool) -> io::Result<()>) {
        while let Some(bytes) = self.next() {
            let pieces = bytes.len().div_ceil(PIECE);
            for (place, piece) in bytes.chunks(PIECE).enumerate() {
                match write(piece, place + 1 == pieces) {
                    Ok(()) if self.wrote(piece.len()) => {}
                    Ok(()) => return,
                    Err(error) => return self.fail(error),
                }
            }
        }
    }

    async fn write_async(&self, writer: SharedWriter) {
        loop {
            let filled = self.filled_async.notified();
            let (bytes, closed) = {
                let mut state = self.state();
                (std::mem::take(&mut state.waiting), state.closed)
            };
            if bytes.is_empty() {
                if closed {
                    return;
                }
                filled.await;
                continue;
            }
            let mut writer = writer.lock().await;
            for piece in bytes.chunks(PIECE) {
                match writer.write_all(piece).await {
                    Ok(()) if self.wrote(piece.len()) => {}
                    Ok(()) => return,
                    Err(error) => return self.fail(error),
                }
            }
            if let Err(error) = writer.flush().await {
                return self.fail(error);
            }
        }
    }

    /// Waits for bytes; `None` when nothing more comes.
    fn next(&self) -> Option<Vec<u8>> {
        let wait = |state: &mut State| state.waiting.is_empty() && !state.closed;
        let mut state = self.filled.wait_while(self.state(), wait).unwrap_or_else(PoisonError::into_inner);
        let bytes = std::mem::take(&mut state.waiting);
        (!bytes.is_empty()).then_some(bytes)
    }

    /// Notes that something was written; returns whether it is still waited for.
    fn wrote(&self, length: usize) -> bool {
        let mut state = self.state();
        state.written += length as u64;
        let goes_on = !state.abandoned;
        drop(state);
        self.taken.notify_one();
        goes_on
    }

    fn fail(&self, error: io::Error) {
        let mut state = self.state();
        state.failure.get_or_insert(error);
        state.done = true;
        drop(state);
        self.taken.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that can panic happens while it is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that nobody writes any more, also where the writer has panicked.
struct Ended(Arc<Queue>);

impl Drop for Ended {
    fn drop(&mut self) {
        let mut state = self.0.state();
        if !state.done && std::thread::panicking() {
            state.failure.get_or_insert_with(|| io::Error::other("it panicked"));
        }
        state.done = true;
        drop(state);
        self.0.taken.notify_one();
    }
}
