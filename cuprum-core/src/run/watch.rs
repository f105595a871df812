//! Watches a running command: when it last printed, how much, and what stops it.

use std::io;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

use super::deadline::Deadline;
use crate::backend::Backend;
use crate::outcome::CancelReason;
use crate::spec::{CancelToken, Limits};

/// What is known of a command while it runs.
pub(super) struct Watch<'a> {
    backend: &'a dyn Backend,
    limits: &'a Limits,
    begin: Duration,
    deadline: Option<Deadline>,
    /// When something was read last, in nanoseconds on the backend's clock.
    last: AtomicU64,
    printed: AtomicU64,
    over: Notify,
    input: OnceLock<io::Error>,
    fed: Notify,
}

impl<'a> Watch<'a> {
    /// Begins to watch a command that is started now.
    pub(super) fn new(backend: &'a dyn Backend, limits: &'a Limits, deadline: Option<Deadline>) -> Self {
        let begin = backend.now();
        let last = AtomicU64::new(nanoseconds(begin));
        Self {
            backend,
            limits,
            begin,
            deadline,
            last,
            printed: AtomicU64::new(0),
            over: Notify::new(),
            input: OnceLock::new(),
            fed: Notify::new(),
        }
    }

    /// Returns how long the command has been running.
    pub(super) fn elapsed(&self) -> Duration {
        self.backend.now().saturating_sub(self.begin)
    }

    /// Notes that this many bytes were read.
    pub(super) fn chunk(&self, length: usize) {
        self.last.store(nanoseconds(self.backend.now()), Ordering::Relaxed);
        let length = length as u64;
        let printed = self.printed.fetch_add(length, Ordering::Relaxed).saturating_add(length);
        if self.limits.budget.output.is_some_and(|limit| printed > limit) {
            self.over.notify_one();
        }
    }

    /// Notes that the input has failed, which is a reason to stop the command.
    pub(super) fn input_failed(&self, error: io::Error) {
        // There is one input, and it fails once.
        let _ = self.input.set(error);
        self.fed.notify_one();
    }

    /// Returns why the input has failed, if it has.
    pub(super) fn into_input_fault(self) -> Option<io::Error> {
        self.input.into_inner()
    }

    /// Waits until one of the limits is reached; of several at once, the first named here.
    pub(super) async fn stop(&self) -> CancelReason {
        tokio::select! {
            biased;
            () = any(&self.limits.cancel) => CancelReason::Cancelled,
            () = self.fed.notified() => CancelReason::InputFailed,
            limit = self.too_much() => CancelReason::OutputLimit(limit),
            limit = self.too_long() => CancelReason::Timeout(limit),
            limit = self.too_quiet() => CancelReason::IdleTimeout(limit),
        }
    }

    /// Returns why a run must end of which not every stage has started, if it must. Nothing of it is read yet, so no other
    /// limit counts.
    pub(super) fn is_over(&self) -> Option<CancelReason> {
        if self.limits.cancel.iter().any(CancelToken::is_cancelled) {
            return Some(CancelReason::Cancelled);
        }
        let deadline = self.deadline.filter(|deadline| deadline.left(self.backend).is_zero())?;
        Some(CancelReason::Timeout(deadline.limit()))
    }

    /// Waits for a part of the start to end, unless the run must end before.
    pub(super) async fn unless_over<T>(&self, start: impl Future<Output = T>) -> Result<T, CancelReason> {
        tokio::select! {
            biased;
            () = any(&self.limits.cancel) => Err(CancelReason::Cancelled),
            limit = self.too_long() => Err(CancelReason::Timeout(limit)),
            done = start => Ok(done),
        }
    }

    /// Waits until nothing has been read for `limit`, counted from now at the earliest.
    pub(super) async fn quiet(&self, limit: Duration) {
        let from = self.backend.now();
        loop {
            let last = Duration::from_nanos(self.last.load(Ordering::Relaxed)).max(from);
            let passed = self.backend.now().saturating_sub(last);
            if passed >= limit {
                return;
            }
            self.backend.sleep(limit.saturating_sub(passed)).await;
        }
    }

    /// Waits.
    pub(super) async fn sleep(&self, duration: Duration) {
        self.backend.sleep(duration).await;
    }

    async fn too_much(&self) -> u64 {
        let Some(limit) = self.limits.budget.output else { return std::future::pending().await };
        self.over.notified().await;
        limit
    }

    async fn too_long(&self) -> Duration {
        let Some(deadline) = self.deadline else { return std::future::pending().await };
        self.backend.sleep(deadline.left(self.backend)).await;
        deadline.limit()
    }

    async fn too_quiet(&self) -> Duration {
        let Some(limit) = self.limits.idle_timeout else { return std::future::pending().await };
        self.quiet(limit).await;
        limit
    }
}

/// Waits for the first of the tokens to be cancelled.
pub(super) async fn any(tokens: &[CancelToken]) {
    let mut waiting: Vec<_> = tokens.iter().map(|token| Box::pin(token.cancelled())).collect();
    std::future::poll_fn(|context| {
        let cancelled = waiting.iter_mut().any(|token| token.as_mut().poll(context).is_ready());
        if cancelled { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

/// 64 bits of nanoseconds last for 584 years of a clock that starts with the process.
fn nanoseconds(moment: Duration) -> u64 {
    u64::try_from(moment.as_nanos()).unwrap_or(u64::MAX)
}
