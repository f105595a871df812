//! Waiting for the end of a spawned command, as a future or on a thread that blocks.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::child::{self, Running};
use super::ended::Ended;
use super::job::Job;
use super::running::Work;
use super::{background, engine};
use crate::error::Result;
use crate::outcome::PipelineOutcome;

/// Waits for the end of a spawned command. Made by [`Child`](super::Child).
///
/// It can be polled on any runtime and on none. As long as it lives it counts as a handle of the command.
///
/// # Cancel safety
///
/// Dropping it loses nothing, and ends the command only if it was the last handle.
#[must_use = "it does nothing unless it is awaited or waited for"]
pub struct Waiting<T> {
    work: Work<T>,
}

impl<T: Send + 'static> Waiting<T> {
    pub(super) fn new(
        running: Arc<Running>,
        finish: impl FnOnce(&Job, Arc<PipelineOutcome>) -> Result<T> + Send + 'static,
    ) -> Self {
        let work = Box::pin(async move {
            let outcome = end(&running).await?;
            finish(&running.job, outcome)
        });
        Self { work }
    }

    /// Blocks this thread until the command has ended.
    ///
    /// # Errors
    ///
    /// As awaiting it; and on Cuprum's background thread, which runs the command and would wait for itself.
    pub fn wait(self) -> Result<T> {
        if background::is_here() {
            return Err(child::on_background_thread());
        }
        background::block_on(self.work)
    }
}

async fn end(running: &Running) -> Ended {
    let mut ended = running.ended.clone();
    match ended.wait_for(Option::is_some).await {
        Ok(ended) => ended.clone().unwrap_or_else(|| Err(engine::lost("the run has no end"))),
        Err(_) => Err(engine::lost("the run panicked")),
    }
}

impl<T> Future for Waiting<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        self.work.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for Waiting<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiting").finish_non_exhaustive()
    }
}
