//! Hands the lines of a stream to whoever reads them while the command runs.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use super::{Batch, Cutter, LineRef};

/// What cuts a chunk and does something with its lines; `None` is the end of the stream.
type Call = Box<dyn FnMut(&mut Cutter, Option<&[u8]>) + Send>;

/// One stream's way to a reader of lines.
#[derive(Debug)]
pub(crate) struct Tap {
    cutter: Cutter,
    reader: Reader,
    dropped: u64,
}

enum Reader {
    /// Gets batches; the stream waits for it, or drops what it cannot take.
    Channel { sender: mpsc::Sender<Batch>, batches: VecDeque<Batch>, lossy: bool },
    /// Is called where the stream is read, which waits for it.
    Call(Call),
}

impl Tap {
    /// Creates a tap whose lines go to a channel; if it is `lossy`, those that it has no room for are
    /// dropped.
    pub(crate) fn channel(cutter: Cutter, sender: mpsc::Sender<Batch>, lossy: bool) -> Self {
        Self { cutter, reader: Reader::Channel { sender, batches: VecDeque::new(), lossy }, dropped: 0 }
    }

    /// Creates a tap that calls `look` with each line, as other taps do.
    pub(crate) fn call(cutter: Cutter, look: Arc<Mutex<impl FnMut(LineRef<'_>) + Send + 'static>>) -> Self {
        // The function is known here, so that it can become a part of the loop over the lines.
        let call = move |cutter: &mut Cutter, chunk: Option<&[u8]>| {
            // A function that has panicked has ended the run.
            let mut look = look.lock().unwrap_or_else(PoisonError::into_inner);
            match chunk {
                Some(chunk) => cutter.push(chunk, &mut *look),
                None => cutter.finish(&mut *look),
            }
        };
        Self { cutter, reader: Reader::Call(Box::new(call)), dropped: 0 }
    }

    /// Returns how many lines were dropped.
    pub(super) fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Hands on the lines that end in this chunk, or what has no line end at the end of the stream; waits
    /// while the reader has too many.
    pub(super) async fn chunk(&mut self, chunk: Option<&[u8]>) {
        match &mut self.reader {
            Reader::Call(call) => call(&mut self.cutter, chunk),
            Reader::Channel { batches, .. } => {
                // Room for as much as a batch can be of this chunk, so that it is not moved while it grows.
                let room = chunk.map_or(0, |chunk| chunk.len().min(Batch::ROOM));
                let mut batch = Batch::new(self.cutter.stage(), self.cutter.source(), room);
                let mut each = |line: LineRef<'_>| {
                    if batch.is_full() {
                        batches.push_back(std::mem::replace(
                            &mut batch,
                            Batch::new(line.stage, line.source, room),
                        ));
                    }
                    batch.push(line);
                };
                match chunk {
                    Some(chunk) => self.cutter.push(chunk, &mut each),
                    None => self.cutter.finish(&mut each),
                }
                if batch.len() > 0 {
                    batches.push_back(batch);
                }
                self.send().await;
            }
        }
    }

    async fn send(&mut self) {
        let Reader::Channel { sender, batches, lossy } = &mut self.reader else { return };
        while let Some(batch) = batches.pop_front() {
            // A reader that has gone away wants no more lines; the command runs on.
            if !*lossy {
                let _ = sender.send(batch).await;
            } else if let Err(TrySendError::Full(batch)) = sender.try_send(batch) {
                self.dropped += batch.len() as u64;
            }
        }
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Channel { lossy, .. } => write!(f, "Channel(lossy: {lossy})"),
            Self::Call(_) => f.write_str("Call"),
        }
    }
}
