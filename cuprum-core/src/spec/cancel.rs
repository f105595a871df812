//! A token by which running commands are cancelled from elsewhere.

use std::fmt;
use std::sync::Arc;

use tokio::sync::watch;

use crate::outcome::Cancellation;

/// Cancels the commands that it was given to. Clones are the same token.
///
/// A cancelled command is torn down as after a timeout, and its run ends with an error that has what it
/// printed. A command that has ended before is not affected, and one that would start afterwards is not
/// started.
#[derive(Clone)]
pub struct CancelToken(Arc<watch::Sender<Option<Cancellation>>>);

impl CancelToken {
    /// Creates a token that is not cancelled.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(None)))
    }

    /// Cancels, for good. Calling it again does nothing.
    pub fn cancel(&self) {
        self.cancel_because(Cancellation::default());
    }

    /// Cancels, and says why: the first reason holds.
    pub fn cancel_because(&self, why: impl Into<Cancellation>) {
        let why = why.into();
        self.0.send_if_modified(|reason| {
            let first = reason.is_none();
            reason.get_or_insert(why);
            first
        });
    }

    /// Returns why it was cancelled, if it was.
    pub fn reason(&self) -> Option<Cancellation> {
        self.0.borrow().clone()
    }

    /// Returns whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Waits until it is cancelled.
    pub async fn cancelled(&self) {
        // The token itself is a sender, so the channel cannot close while it is waited for.
        let _ = self.0.subscribe().wait_for(Option::is_some).await;
    }
}

impl Default for CancelToken {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CancelToken").field(&self.is_cancelled()).finish()
    }
}
