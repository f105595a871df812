//! Says that nobody waits for sinks any more, since the command is being stopped.

use std::sync::Arc;

use tokio::sync::watch;

/// Tells lossless sinks that the stream cannot wait for them any longer. Clones are the same.
#[derive(Clone, Debug)]
pub(crate) struct Haste(Arc<watch::Sender<bool>>);

impl Haste {
    /// Creates one that lets sinks take their time.
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Makes haste, for good.
    pub(crate) fn make(&self) {
        self.0.send_replace(true);
    }

    pub(super) fn is_made(&self) -> bool {
        *self.0.borrow()
    }

    pub(super) async fn made(&self) {
        // The sender lives as long as this.
        let _ = self.0.subscribe().wait_for(|made| *made).await;
    }
}
