//! Listens to what flows from one stage to the next.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::ReadBuf;

use super::Moment;
use super::tee::Listener;
use crate::backend::Edge;

/// How much is read at once where it is only to be moved.
const AT_ONCE: usize = 64 << 10;

/// The run whose output flows, once it has started.
#[derive(Clone, Default)]
pub(super) struct Writer(Arc<OnceLock<Listener>>);

impl Writer {
    pub(super) fn set(&self, listener: Listener) {
        // A pipe is given to one stage.
        let _ = self.0.set(listener);
    }

    fn note(&self, bytes: &[u8]) {
        if let Some(listener) = self.0.get().filter(|_| !bytes.is_empty()) {
            listener.note(Moment::Stdout(bytes.to_vec()));
        }
    }
}

/// An edge that is listened to.
pub(super) struct TeeEdge {
    edge: Box<dyn Edge>,
    writer: Writer,
    /// What was read to be moved, and how much of it has been.
    moving: Mutex<(Vec<u8>, usize)>,
}

impl TeeEdge {
    pub(super) fn new(edge: Box<dyn Edge>, writer: Writer) -> Self {
        Self { edge, writer, moving: Mutex::default() }
    }
}

impl Edge for TeeEdge {
    fn poll_move(&self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        // A panic leaves a piece that was read and is not moved yet.
        let mut moving = self.moving.lock().unwrap_or_else(PoisonError::into_inner);
        let (piece, moved) = &mut *moving;
        if *moved == piece.len() {
            piece.resize(AT_ONCE, 0);
            *moved = piece.len();
            let mut buffer = ReadBuf::new(piece);
            ready!(self.poll_read(context, &mut buffer))?;
            let length = buffer.filled().len();
            piece.truncate(length);
            *moved = 0;
            if length == 0 {
                return Poll::Ready(Ok(0));
            }
        }
        let passed = ready!(self.edge.poll_pass(context, piece.get(*moved..).unwrap_or_default()))?;
        *moved += passed;
        Poll::Ready(Ok(passed))
    }

    fn poll_read(&self, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(self.edge.poll_read(context, buffer))?;
        self.writer.note(buffer.filled().get(before..).unwrap_or_default());
        Poll::Ready(Ok(()))
    }

    fn poll_pass(&self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.edge.poll_pass(context, bytes)
    }

    fn broken(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.edge.broken()
    }
}
