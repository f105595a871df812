//! The process behind [`Objects`](super::Objects): its start, and why it ended.

use std::fmt;
use std::future::IntoFuture as _;

use cuprum::Child;

use super::wire::Wire;
use super::{Protocol, Work};

/// The process and its pipes.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) wire: Wire,
    // Dropped after its pipes, so that git sees the end of its input first.
    pub(super) child: Box<dyn Ending>,
}

/// The end of the process, whichever type its command has.
pub(super) trait Ending: fmt::Debug + Send + Sync {
    /// Waits for the end.
    fn wait(&self) -> Work<'static, cuprum::Result<()>>;

    /// Asks for the end.
    fn stop(&self);
}

impl<P: Protocol> Ending for Child<P> {
    fn wait(&self) -> Work<'static, cuprum::Result<()>> {
        let waiting = self.into_future();
        Box::pin(async { waiting.await.map(|_| ()) })
    }

    fn stop(&self) {
        self.cancel();
    }
}
