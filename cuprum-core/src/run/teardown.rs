//! How a process is ended: asked, given a grace, killed, reaped; also when nobody waits for it any more.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::background;
use crate::backend::{Backend, Process, Reaped, Signal};
use crate::spec::Limits;

/// How long a group has to end when nothing else was said.
const DEFAULT_GRACE: Duration = Duration::from_secs(5);

/// Holds a running process, and tears it down if it is dropped before the end.
#[derive(Debug)]
pub(super) struct Guard {
    process: Option<Box<dyn Process>>,
    backend: Arc<dyn Backend>,
    grace: Duration,
}

impl Guard {
    pub(super) fn new(process: Box<dyn Process>, backend: &Arc<dyn Backend>, limits: &Limits) -> Self {
        let grace = limits.grace.unwrap_or(DEFAULT_GRACE);
        Self { process: Some(process), backend: Arc::clone(backend), grace }
    }

    pub(super) fn pid(&self) -> u32 {
        self.process.as_ref().map_or(0, |process| process.pid())
    }

    /// Waits until the process has exited; it stays a zombie.
    pub(super) async fn exited(&mut self) -> io::Result<()> {
        match &mut self.process {
            Some(process) => poll_fn(|context| process.poll_exit(context)).await,
            None => Ok(()),
        }
    }

    /// Kills what is left of the group. That nothing is left is no failure.
    pub(super) fn kill(&self) {
        if let Some(process) = &self.process {
            let _ = process.signal(Signal::Kill);
        }
    }

    /// Ends the group, whose streams end when `closed` does; returns whether it had to be killed.
    pub(super) async fn end(&mut self, closed: impl Future<Output = ()>) -> io::Result<bool> {
        match &mut self.process {
            Some(process) => end(&mut **process, closed, &*self.backend, self.grace).await,
            None => Ok(false),
        }
    }

    /// Takes what is known of the process that has exited, and ends the zombie.
    pub(super) fn reap(mut self) -> io::Result<Reaped> {
        match self.process.take() {
            Some(mut process) => process.reap(),
            None => Err(io::Error::other("the process was reaped already")),
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let (backend, grace) = (Arc::clone(&self.backend), self.grace);
            process.leave_runtime();
            // Asked at once, and not only on the other thread: this process may be about to exit.
            let _ = process.signal(Signal::Term);
            let _ = process.signal(Signal::Cont);
            let doing = Arc::clone(&backend);
            background::detach(&*doing, async move {
                // Nobody is there to be told that it failed; the backend's own last resort remains.
                if end(&mut *process, async {}, &*backend, grace).await.is_ok() {
                    let _ = process.reap();
                }
            });
        }
    }
}

/// Asks the group to end, waits for the leader and the streams within the grace, and kills what is left.
///
/// A stopped group is continued, so that it can see the request. The group is killed while its leader
/// is still a zombie, so its id cannot belong to others. A signal that finds no process is no failure:
/// the goal is reached.
async fn end(
    process: &mut dyn Process,
    closed: impl Future<Output = ()>,
    backend: &dyn Backend,
    grace: Duration,
) -> io::Result<bool> {
    let _ = process.signal(Signal::Term);
    let _ = process.signal(Signal::Cont);
    let exited = AtomicBool::new(false);
    let leader = async {
        let result = poll_fn(|context| process.poll_exit(context)).await;
        exited.store(true, Ordering::Relaxed);
        result
    };
    tokio::select! {
        biased;
        (result, ()) = async { tokio::join!(leader, closed) } => result?,
        () = backend.sleep(grace) => {}
    }
    let _ = process.signal(Signal::Kill);
    poll_fn(|context| process.poll_exit(context)).await?;
    Ok(!exited.into_inner())
}
