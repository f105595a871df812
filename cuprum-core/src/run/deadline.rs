//! The one limit of time that a run has, for what comes before its start, too.

use std::time::Duration;

use super::job::Job;
use super::watch;
use crate::backend::Backend;
use crate::error::{Cause, Error, ErrorKind};
use crate::spec::Limits;

/// When a run must have ended, on the backend's clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    limit: Duration,
    at: Duration,
}

impl Deadline {
    /// Returns when a run that begins now must have ended, if its time is limited.
    pub(super) fn of(limits: &Limits, backend: &dyn Backend) -> Option<Self> {
        let limit = limits.time()?;
        Some(Self { limit, at: backend.now().saturating_add(limit) })
    }

    /// Returns how long the run may take in all.
    pub(super) fn limit(self) -> Duration {
        self.limit
    }

    /// Returns how much time is left.
    pub(super) fn left(self, backend: &dyn Backend) -> Duration {
        self.at.saturating_sub(backend.now())
    }
}

/// Waits for something that comes before the start, as long as the limits of the job let it; `late` says what had not
/// ended in time.
///
/// What is ready at the same moment as a limit is taken.
pub(super) async fn before_start<T>(
    job: &Job,
    backend: &dyn Backend,
    work: impl Future<Output = T>,
    late: impl FnOnce() -> String,
) -> Result<T, Error> {
    let over = async {
        match job.deadline() {
            Some(deadline) => backend.sleep(deadline.left(backend)).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        biased;
        done = work => Ok(done),
        () = watch::any(&job.limits.cancel) => Err(job.whole(ErrorKind::Cancelled, job.cancellation())),
        () = over => Err(job.whole(ErrorKind::Timeout, Cause::Text(late()))),
    }
}
