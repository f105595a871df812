//! The one engine: starts what a job says, moves its streams, waits, stops it, and takes the statuses.

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::job::Job;
use super::start::{self, Ends};
use super::teardown::{Gone, Guard};
use super::watch::Watch;
use crate::backend::ReadPipe;
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind};
use crate::outcome::{CancelReason, Captured, Outcome, PipelineOutcome, Stopped};
use crate::spec::{CancelToken, Leftovers, Stdin};
use crate::stream::{self, Capture, Tap};

/// How long a stream whose writers were killed may be silent before it is closed.
const DRAIN: Duration = Duration::from_millis(100);

/// How long such a stream is read at most, however much comes.
const LONGEST_DRAIN: Duration = Duration::from_secs(2);

/// Who reads the streams line by line while the stages run.
#[derive(Debug, Default)]
pub(super) struct Taps {
    /// The standard output of the last stage.
    pub(super) stdout: Option<Tap>,
    /// The standard errors of the stages, in their order.
    pub(super) stderr: Vec<Tap>,
}

/// Runs a job to its end, and lets the taps have its streams on the way.
///
/// A job that ends by itself has an outcome when its stages have exited and the streams that are captured
/// have ended, so nothing that was printed is missed. One that is stopped has it when its groups are
/// gone; what it printed until then is kept. Dropping the future tears the processes down.
pub(super) async fn execute(
    job: &Job,
    rules: &Arc<Rules>,
    taps: &mut Taps,
) -> Result<PipelineOutcome, Error> {
    if job.limits.cancel.iter().any(CancelToken::is_cancelled) {
        return Err(job.whole(ErrorKind::Cancelled, Cause::None));
    }
    let watch = Watch::new(&*rules.backend, &job.limits);
    let mut guard = Guard::new(&rules.backend, &job.limits);
    let ends = match start::all(job, &*rules.backend, &mut guard).await {
        Ok(ends) => ends,
        Err(error) => {
            // What was started is gone when the caller hears of it.
            let _ = guard.end(async {}).await;
            let _ = guard.reap();
            return Err(error);
        }
    };

    let limit = rules.capture;
    let mut kept: Vec<Kept> = ends.iter().map(|_| Kept::new(limit.head, limit.tail)).collect();
    let mut ended = vec![None; ends.len()];
    let (end, leaked) = {
        let on_chunk = |length| watch.chunk(length);
        let mut stderr = taps.stderr.iter_mut();
        let mut stdout = taps.stdout.as_mut();
        let last = ends.len() - 1;
        let parts = ends.into_iter().zip(&mut kept).zip(&job.stages).enumerate();
        let parts = parts.map(|(index, ((ends, kept), plan))| -> Part<'_> {
            let out = if index == last { stdout.take() } else { None };
            Box::pin(streams(ends, &plan.launch.stdin, kept, &on_chunk, out, stderr.next()))
        });
        let mut streams = Streams { all: pin!(all(parts.collect())), ended: false };

        let end = tokio::select! {
            // What has ended is never reported as stopped.
            biased;
            result = finish(&mut guard, &mut streams, &watch, job, &mut ended) => {
                result.map_err(|error| job.io_error(error))?
            }
            reason = watch.stop() => End::Stopped(reason),
        };
        match end {
            End::Itself { leaked } => (end, leaked),
            End::Stopped(_) => {
                let held = stop(&mut guard, &mut streams, &watch).await;
                (end, held.map_err(|error| job.io_error(error))?)
            }
        }
    };

    let gone = guard.reap().map_err(|error| job.io_error(error))?;
    let reason = match end {
        End::Itself { .. } => None,
        End::Stopped(reason) => Some(reason),
    };
    let failure = match reason {
        None => job.failure(gone.iter().map(|gone| &gone.reaped.status)),
        Some(CancelReason::StageFailed(index)) => Some(index),
        Some(_) => None,
    };
    let outcome = joined(gone, kept, &ended, reason, leaked, &watch)?.with_failure(failure);
    match reason {
        None | Some(CancelReason::StageFailed(_)) => Ok(outcome),
        Some(reason) => Err(job.stopped(reason, outcome)),
    }
}

/// How a job came to its end.
#[derive(Clone, Copy)]
enum End {
    Itself { leaked: bool },
    Stopped(CancelReason),
}

/// What was kept of one stage's streams.
struct Kept {
    stdout: Capture,
    stderr: Capture,
}

impl Kept {
    fn new(head: usize, tail: usize) -> Self {
        Self { stdout: Capture::new(head, tail), stderr: Capture::new(head, tail) }
    }

    fn finish(self) -> (Captured, Captured) {
        (self.stdout.finish(), self.stderr.finish())
    }
}

/// Puts together what is known of each stage.
fn joined(
    gone: Vec<Gone>,
    kept: Vec<Kept>,
    ended: &[Option<Duration>],
    reason: Option<CancelReason>,
    leaked: bool,
    watch: &Watch<'_>,
) -> Result<PipelineOutcome, Error> {
    let elapsed = watch.elapsed();
    let mut stages: Vec<Outcome> = Vec::with_capacity(gone.len());
    for (index, (gone, kept)) in gone.into_iter().zip(kept).enumerate() {
        let (stdout, stderr) = kept.finish();
        let stopped = reason.filter(|_| gone.stopped).map(|reason| Stopped { reason, forced: gone.forced });
        let outcome = Outcome::new(gone.reaped.status, stdout, stderr)
            .with_duration(ended.get(index).copied().flatten().unwrap_or(elapsed))
            .with_pid(gone.pid)
            .with_cpu(gone.reaped.cpu)
            .with_stopped(stopped);
        stages.push(outcome);
    }
    let last = stages.pop().ok_or_else(|| lost("it had no stage"))?;
    Ok(PipelineOutcome::new(stages, last.with_leaked(leaked)).with_duration(elapsed))
}

/// One stage's streams, while they are moved.
type Part<'a> = Pin<Box<dyn Future<Output = io::Result<()>> + Send + 'a>>;

/// Feeds one stage and reads what it prints, to the end.
async fn streams(
    mut ends: Ends,
    input: &Stdin,
    kept: &mut Kept,
    on_chunk: &(dyn Fn(usize) + Sync),
    stdout: Option<&mut Tap>,
    stderr: Option<&mut Tap>,
) -> io::Result<()> {
    let feeding = async {
        match (ends.stdin, input) {
            (Some(pipe), Stdin::Bytes(input)) => stream::feed(pipe, input).await,
            _ => Ok(()),
        }
    };
    let out = capture(&mut kept.stdout, &mut ends.stdout, on_chunk, stdout);
    let err = capture(&mut kept.stderr, &mut ends.stderr, on_chunk, stderr);
    tokio::try_join!(feeding, out, err).map(drop)
}

async fn capture(
    kept: &mut Capture,
    pipe: &mut Option<ReadPipe>,
    on_chunk: &(dyn Fn(usize) + Sync),
    tap: Option<&mut Tap>,
) -> io::Result<()> {
    match pipe {
        Some(pipe) => kept.read(pipe, on_chunk, tap).await,
        None => Ok(()),
    }
}

/// Waits for all parts, or for the first that fails.
async fn all(mut parts: Vec<Part<'_>>) -> io::Result<()> {
    poll_fn(|context| {
        let mut index = 0;
        while let Some(part) = parts.get_mut(index) {
            match part.as_mut().poll(context) {
                Poll::Ready(Ok(())) => drop(parts.swap_remove(index)),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => index += 1,
            }
        }
        if parts.is_empty() { Poll::Ready(Ok(())) } else { Poll::Pending }
    })
    .await
}

/// All streams of a job as one future that can be asked again after its end.
struct Streams<'a, F> {
    all: Pin<&'a mut F>,
    ended: bool,
}

impl<F: Future<Output = io::Result<()>>> Streams<'_, F> {
    /// Waits until every stream has ended. Giving up loses nothing.
    async fn end(&mut self) -> io::Result<()> {
        if self.ended {
            return Ok(());
        }
        let result = self.all.as_mut().await;
        self.ended = true;
        result
    }
}

/// Waits until the job has ended by itself, or one stage has failed that stops the others.
async fn finish<F: Future<Output = io::Result<()>>>(
    guard: &mut Guard,
    streams: &mut Streams<'_, F>,
    watch: &Watch<'_>,
    job: &Job,
    ended: &mut [Option<Duration>],
) -> io::Result<End> {
    let leftovers = job.limits.leftovers.unwrap_or_default();
    if leftovers == Leftovers::Wait && !job.fails_fast() {
        streams.end().await?;
        // Asked only now: a process that closed its streams has mostly exited, and needs no watching.
        guard.exited().await?;
        return Ok(End::Itself { leaked: false });
    }
    let failed = {
        let mut exits = pin!(exits(guard, watch, job, ended));
        tokio::select! {
            biased;
            result = streams.end() => {
                result?;
                exits.await?
            }
            result = &mut exits => result?,
        }
    };
    if let Some(index) = failed {
        return Ok(End::Stopped(CancelReason::StageFailed(index)));
    }
    // What the processes themselves have printed lies in the pipes already.
    let held = tokio::select! {
        biased;
        result = streams.end() => { result?; false }
        () = std::future::ready(()) => true,
    };
    let leaked = match leftovers {
        Leftovers::Wait => {
            streams.end().await?;
            false
        }
        Leftovers::Drain(quiet) if held => drain(streams, watch, quiet).await?,
        Leftovers::Kill => {
            guard.kill();
            drain(streams, watch, DRAIN).await?;
            held
        }
        Leftovers::Drain(_) => held,
    };
    Ok(End::Itself { leaked })
}

/// Waits until every stage has exited; stops at the first that failed, where that stops the others.
async fn exits(
    guard: &mut Guard,
    watch: &Watch<'_>,
    job: &Job,
    ended: &mut [Option<Duration>],
) -> io::Result<Option<usize>> {
    while let Some(index) = guard.next_exit().await? {
        if let Some(ended) = ended.get_mut(index) {
            *ended = Some(watch.elapsed());
        }
        if job.fails_fast()
            && let Some(status) = guard.status(index)?
            && job.is_failure(index, status)
        {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// Ends the job; returns whether others still hold its streams.
async fn stop<F: Future<Output = io::Result<()>>>(
    guard: &mut Guard,
    streams: &mut Streams<'_, F>,
    watch: &Watch<'_>,
) -> io::Result<bool> {
    // A stream that fails now has nothing more to give; the processes are ended all the same.
    guard.end(async { drop(streams.end().await) }).await?;
    Ok(tokio::select! {
        biased;
        held = drain(streams, watch, DRAIN) => held.unwrap_or(false),
        () = watch.sleep(LONGEST_DRAIN) => true,
    })
}

/// Reads the streams to their end, or until nothing has come for `quiet`; returns whether they are held.
async fn drain<F: Future<Output = io::Result<()>>>(
    streams: &mut Streams<'_, F>,
    watch: &Watch<'_>,
    quiet: Duration,
) -> io::Result<bool> {
    tokio::select! {
        biased;
        result = streams.end() => result.map(|()| false),
        () = watch.quiet(quiet) => Ok(true),
    }
}

/// The error of a run that ended in a way it never should.
pub(super) fn lost(why: &str) -> Error {
    Error::new(ErrorKind::Io, "", String::new(), Cause::Text(why.to_owned()))
}
