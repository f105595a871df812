//! How processes are ended: asked, given a grace, killed, reaped; also when nobody waits for them any more.

use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use super::background;
use super::places::Places;
#[cfg(test)]
use super::planted;
use super::target::Target;
use super::telling::Telling;
use crate::backend::{Backend, Process, Reaped, Signal};
use crate::outcome::{CancelReason, ExitStatus};
use crate::spec::Limits;

/// How long a group has to end when nothing else was said.
const DEFAULT_GRACE: Duration = Duration::from_secs(5);

/// How long after the leaders it is first looked whether their groups are gone, where others hold their streams; each
/// further pause is twice as long, up to the longest.
const FIRST_LOOK: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(320);

/// Holds the running processes of one run, and tears them down if it is dropped before their end.
#[derive(Debug)]
pub(super) struct Guard {
    members: Members,
    backend: Arc<dyn Backend>,
    grace: Duration,
    /// When the grace is over; `None` until the groups were asked to end.
    until: Option<Duration>,
    /// What is free again when the processes are gone.
    places: Places,
    telling: Telling,
}

/// Processes in the order of their stages.
#[derive(Debug, Default)]
struct Members(Vec<Member>);

#[derive(Debug)]
struct Member {
    process: Target,
    /// It has exited, and is a zombie.
    exited: bool,
    /// It was running when the others were stopped.
    stopped: bool,
    /// It had to be killed, because it did not end within the grace.
    forced: bool,
}

/// What is known of a process that is gone.
pub(super) struct Gone {
    pub(super) pid: u32,
    pub(super) reaped: Reaped,
    /// Whether it was running when it was stopped.
    pub(super) stopped: bool,
    pub(super) forced: bool,
}

impl Guard {
    pub(super) fn new(backend: &Arc<dyn Backend>, limits: &Limits, places: Places, telling: Telling) -> Self {
        let grace = limits.grace.unwrap_or(DEFAULT_GRACE);
        let (members, backend) = (Members::default(), Arc::clone(backend));
        Self { members, backend, grace, until: None, places, telling }
    }

    /// Takes over a process that was just started.
    pub(super) fn add(&mut self, process: Box<dyn Process>) {
        let process = Target::new(process);
        self.members.0.push(Member { process, exited: false, stopped: false, forced: false });
    }

    /// Returns whether nothing was started.
    pub(super) fn is_empty(&self) -> bool {
        self.members.0.is_empty()
    }

    /// Returns what others can signal while this waits.
    pub(super) fn targets(&self) -> Vec<Target> {
        self.members.0.iter().map(|member| member.process.clone()).collect()
    }

    /// Waits until every process has exited; they stay zombies.
    pub(super) async fn exited(&mut self) -> io::Result<()> {
        poll_fn(|context| self.members.poll_exited(context)).await
    }

    /// Waits until one more process has exited; returns its place, or `None` when there is none left.
    pub(super) async fn next_exit(&mut self) -> io::Result<Option<usize>> {
        poll_fn(|context| self.members.poll_next(context)).await
    }

    /// Returns how a process ended that is still a zombie.
    pub(super) fn status(&self, index: usize) -> io::Result<Option<ExitStatus>> {
        match self.members.0.get(index) {
            Some(member) if member.exited => member.process.status(),
            _ => Ok(None),
        }
    }

    /// Kills what is left of the groups. That nothing is left is no failure.
    pub(super) fn kill(&self) {
        self.members.signal(Signal::Kill);
    }

    /// Ends the groups, whose streams end when `closed` does.
    pub(super) async fn end(&mut self, closed: impl Future<Output = ()>) -> io::Result<()> {
        let until = self.ask();
        self.members.end(closed, &*self.backend, until).await
    }

    /// Asks the groups to end, unless they were asked before; returns when the grace is over.
    ///
    /// A stopped group is continued, so that it can see the request. To some programs a second request is
    /// more than a repetition.
    fn ask(&mut self) -> Duration {
        let (members, backend, grace) = (&mut self.members, &self.backend, self.grace);
        *self.until.get_or_insert_with(|| {
            members.note_running();
            members.signal(Signal::Term);
            members.signal(Signal::Cont);
            backend.now().saturating_add(grace)
        })
    }

    /// Takes what is known of the processes, all of which have exited, and ends the zombies.
    pub(super) fn reap(mut self) -> io::Result<Vec<Gone>> {
        self.members.reap()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.members.0.is_empty() {
            return;
        }
        // Asked at once, and not only on the other thread: this process may be about to exit. If it was torn
        // down already when it was dropped, its grace does not begin anew.
        let until = self.ask();
        let mut members = std::mem::take(&mut self.members);
        let places = std::mem::take(&mut self.places);
        let backend = Arc::clone(&self.backend);
        let telling = std::mem::take(&mut self.telling);
        telling.cancelled(CancelReason::Dropped, None);
        members.0.iter_mut().for_each(|member| member.process.leave_runtime());
        #[cfg(test)]
        if planted::has(planted::Bug::ForgetsDropped) {
            return std::mem::forget(members);
        }
        let doing = Arc::clone(&backend);
        background::detach(&*doing, async move {
            // Nobody is there to be told that it failed; the backend's own last resort remains.
            if members.end(async {}, &*backend, until).await.is_ok()
                && let Ok(gone) = members.reap()
            {
                drop(places);
                telling.conclude_dropped(&gone).await;
            }
        });
    }
}

impl Members {
    fn poll_exited(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            match self.poll_next(context) {
                Poll::Ready(Ok(Some(_))) => {}
                Poll::Ready(Ok(None)) => return Poll::Ready(Ok(())),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Option<usize>>> {
        let mut left = false;
        for (index, member) in self.0.iter_mut().enumerate().filter(|(_, member)| !member.exited) {
            match member.process.poll_exit(context) {
                Poll::Ready(result) => {
                    result?;
                    member.exited = true;
                    return Poll::Ready(Ok(Some(index)));
                }
                Poll::Pending => left = true,
            }
        }
        if left { Poll::Pending } else { Poll::Ready(Ok(None)) }
    }

    /// Notes which processes run, right before they are stopped. Whether one has exited by itself may not be known yet,
    /// where others still hold its streams.
    fn note_running(&mut self) {
        for member in &mut self.0 {
            member.stopped = !member.exited && !matches!(member.process.status(), Ok(Some(_)));
        }
    }

    fn signal(&self, signal: Signal) {
        for member in &self.0 {
            let _ = member.process.signal(signal);
        }
    }

    /// Waits for the leaders and the streams of groups that were asked to end, until the grace is over, and
    /// kills what is left. Whoever holds a stream and is in none of the groups is not waited for.
    ///
    /// The groups are killed while their leaders are still zombies, so their ids cannot belong to others. A
    /// signal that finds no process is no failure: the goal is reached.
    async fn end(
        &mut self,
        closed: impl Future<Output = ()>,
        backend: &dyn Backend,
        until: Duration,
    ) -> io::Result<()> {
        let waited = tokio::select! {
            biased;
            result = self.ended(closed, backend) => result,
            () = backend.sleep(until.saturating_sub(backend.now())) => Ok(()),
        };
        self.0.iter_mut().for_each(|member| member.forced = !member.exited);
        #[cfg(test)]
        match planted::planted() {
            Some(planted::Bug::SparesTheGroup) if self.0.iter().all(|member| member.exited) => return Ok(()),
            Some(planted::Bug::WaitsAgain) => backend.sleep(DEFAULT_GRACE).await,
            _ => {}
        }
        self.signal(Signal::Kill);
        // Where waiting fails, the groups are killed all the same.
        waited?;
        poll_fn(|context| self.poll_exited(context)).await
    }

    /// Waits until the leaders have exited, and then until the streams are closed or the groups are gone.
    async fn ended(&mut self, closed: impl Future<Output = ()>, backend: &dyn Backend) -> io::Result<()> {
        let mut closed = pin!(closed);
        let mut is_closed = false;
        // The streams are read meanwhile.
        let exited = poll_fn(|context| {
            is_closed = is_closed || closed.as_mut().poll(context).is_ready();
            self.poll_exited(context)
        });
        exited.await?;
        if !is_closed {
            tokio::select! {
                biased;
                () = closed => {}
                () = self.gone(backend) => {}
            }
        }
        Ok(())
    }

    /// Waits until nobody is left of the groups, whose leaders have exited.
    async fn gone(&self, backend: &dyn Backend) {
        let mut pause = FIRST_LOOK;
        loop {
            backend.sleep(pause).await;
            if self.0.iter().all(|member| member.process.group_is_gone()) {
                return;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn reap(&mut self) -> io::Result<Vec<Gone>> {
        // What fails here leaves the others to the backend's last resort: they have exited.
        let members = std::mem::take(&mut self.0);
        let gone = members.into_iter().map(|Member { process, stopped, forced, .. }| {
            Ok(Gone { pid: process.pid(), reaped: process.reap()?, stopped, forced })
        });
        gone.collect()
    }
}
