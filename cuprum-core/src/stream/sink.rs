//! A copy of a stream on its way to a sink.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::io::AsyncWriteExt as _;

use super::Haste;
use super::queue::{Queue, SharedWriter, Taken};
use crate::outcome::SinkReport;

/// One sink of a stream, and what it took so far.
pub(crate) struct Sink {
    name: String,
    required: bool,
    flow: Flow,
}

enum Flow {
    /// Written while the stream is read, since it takes no time to speak of or is to be waited for.
    Inline {
        write: Box<Write>,
        taken: Taken,
        ended: bool,
    },
    /// Written while the stream is read, which waits for it.
    Direct {
        writer: SharedWriter,
        taken: Taken,
    },
    Queued {
        queue: Arc<Queue>,
        lossless: Option<Haste>,
    },
}

/// Takes a chunk; `None` is the end of the stream.
type Write = dyn FnMut(Option<&[u8]>) -> io::Result<()> + Send;

impl Sink {
    /// Creates a sink that is written while the stream is read; `None` is the end of the stream.
    pub(crate) fn inline(
        name: String,
        write: impl FnMut(Option<&[u8]>) -> io::Result<()> + Send + 'static,
    ) -> Self {
        let flow = Flow::Inline { write: Box::new(write), taken: Taken::default(), ended: false };
        Self { name, required: false, flow }
    }

    /// Creates a sink whose writer the stream waits for.
    pub(crate) fn direct(name: String, writer: SharedWriter) -> Self {
        Self { name, required: false, flow: Flow::Direct { writer, taken: Taken::default() } }
    }

    /// Creates a sink that is written from a queue; the stream waits for room in it, until there is
    /// haste, if it is `lossless`.
    pub(crate) fn queued(name: String, queue: Arc<Queue>, lossless: Option<Haste>) -> Self {
        Self { name, required: false, flow: Flow::Queued { queue, lossless } }
    }

    /// Sets whether the run is to fail with the sink.
    pub(crate) fn with_required(mut self, required: bool) -> Self {
        self.required = required;
        self
    }

    pub(super) async fn chunk(&mut self, chunk: &[u8]) {
        match &mut self.flow {
            Flow::Inline { write, taken, .. } if taken.failure.is_none() => match guarded(write, Some(chunk))
            {
                Ok(()) => taken.written += chunk.len() as u64,
                Err(error) => {
                    taken.failure = Some(error);
                    taken.dropped += chunk.len() as u64;
                }
            },
            Flow::Direct { writer, taken } if taken.failure.is_none() => {
                let mut writer = writer.lock().await;
                match async {
                    writer.write_all(chunk).await?;
                    writer.flush().await
                }
                .await
                {
                    Ok(()) => taken.written += chunk.len() as u64,
                    Err(error) => {
                        taken.failure = Some(error);
                        taken.dropped += chunk.len() as u64;
                    }
                }
            }
            Flow::Inline { taken, .. } | Flow::Direct { taken, .. } => taken.dropped += chunk.len() as u64,
            Flow::Queued { queue, lossless } => queue.put(chunk, lossless.as_ref()).await,
        }
    }

    /// Tells the sink that the stream has ended.
    pub(super) fn end(&mut self) {
        match &mut self.flow {
            Flow::Inline { write, taken, ended } => {
                if taken.failure.is_none() && !std::mem::replace(ended, true) {
                    taken.failure = guarded(write, None).err();
                }
            }
            Flow::Direct { .. } => {}
            Flow::Queued { queue, .. } => queue.close(),
        }
    }

    /// Waits for what is held back, as long as something is taken within `patience`.
    pub(crate) async fn finish<P: Future<Output = ()>>(mut self, patience: impl Fn() -> P) -> SinkReport {
        // A stream that others still hold has not ended by itself.
        self.end();
        let taken = match &mut self.flow {
            Flow::Inline { taken, .. } | Flow::Direct { taken, .. } => std::mem::take(taken),
            Flow::Queued { queue, .. } => queue.finish(patience).await,
        };
        SinkReport::new(std::mem::take(&mut self.name), taken.written, taken.dropped)
            .with_failure(taken.failure.as_ref())
            .with_required(self.required)
    }
}

/// A run that is given up gives its sinks up, too: what is held back is still written.
impl Drop for Sink {
    fn drop(&mut self) {
        if let Flow::Queued { queue, .. } = &self.flow {
            queue.close();
        }
    }
}

/// Calls a writer that may be the caller's own function, whose panic is no panic of the run.
fn guarded(write: &mut Write, chunk: Option<&[u8]>) -> io::Result<()> {
    // After a panic it is never called again, so nobody sees what it has left half done.
    catch_unwind(AssertUnwindSafe(|| write(chunk))).unwrap_or_else(|_| Err(io::Error::other("it panicked")))
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sink").field(&self.name).finish()
    }
}
