//! What happens to a process that nobody waits for any more: asked to end, killed, reaped.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::task::Poll;

use super::background;
use crate::backend::{Process, Signal};
use crate::context::Rules;
use crate::outcome::ExitStatus;

/// Holds a running process, and tears it down if it is dropped before the end.
#[derive(Debug)]
pub(super) struct Guard {
    process: Option<Box<dyn Process>>,
    rules: Arc<Rules>,
}

impl Guard {
    pub(super) fn new(process: Box<dyn Process>, rules: Arc<Rules>) -> Self {
        Self { process: Some(process), rules }
    }

    /// Waits until the process has exited, takes its status, and ends the zombie.
    pub(super) async fn finish(mut self) -> io::Result<(u32, ExitStatus)> {
        // The process stays in the guard while it is waited for, so that a drop tears it down.
        let exited = poll_fn(|context| match &mut self.process {
            Some(process) => process.poll_exit(context),
            None => Poll::Ready(Ok(())),
        });
        exited.await?;
        match self.process.take() {
            Some(mut process) => Ok((process.pid(), process.reap()?.status)),
            None => Err(io::Error::other("the process was reaped already")),
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let rules = Arc::clone(&self.rules);
            process.leave_runtime();
            background::detach(async move { end(process, &rules).await });
        }
    }
}

/// Asks the group to end, waits for the leader within the grace, kills what is left, and reaps.
///
/// The group is killed while its leader is still a zombie, so its id cannot belong to others.
/// A signal that finds no process is no failure: the goal is reached.
async fn end(mut process: Box<dyn Process>, rules: &Rules) {
    let _ = process.signal(Signal::Term);
    let _ = process.signal(Signal::Cont);
    tokio::select! {
        _ = poll_fn(|context| process.poll_exit(context)) => {}
        () = rules.backend.sleep(rules.grace) => {}
    }
    let _ = process.signal(Signal::Kill);
    if poll_fn(|context| process.poll_exit(context)).await.is_ok() {
        let _ = process.reap();
    }
}
