//! The one engine: starts what a job says, moves its streams, waits, stops it, and takes the statuses.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use super::job::Job;
use super::joined::joined;
use super::places::Places;
use super::start::{self, Halt};
use super::streams::{Moving, Pipes, Stage, Taps};
use super::target::Target;
use super::teardown::Guard;
use super::watch::Watch;
use crate::backend::Replacement;
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind};
use crate::outcome::{CancelReason, Outcome, PipelineOutcome};
use crate::spec::{CancelToken, Leftovers};
use crate::stream::Haste;

/// How long a stream whose writers were killed may be silent before it is closed.
const DRAIN: Duration = Duration::from_millis(100);

/// How long such a stream is read at most, however much comes.
const LONGEST_DRAIN: Duration = Duration::from_secs(2);

/// Runs a job to its end, and lets the taps, one for each stage, have its streams on the way.
///
/// A job that ends by itself has an outcome when its stages have exited and the streams that are captured
/// have ended, so nothing that was printed is missed. One that is stopped has it when its groups are
/// gone; what it printed until then is kept. Dropping the future tears the processes down.
pub(super) async fn execute(
    job: &Job,
    rules: &Arc<Rules>,
    taps: Vec<Taps>,
) -> Result<PipelineOutcome, Error> {
    execute_for(job, rules, taps, None).await
}

/// What somebody who holds a running job has of it: what to signal, what to write and to read.
pub(super) type OnStart = Box<dyn FnOnce(Vec<Target>, Pipes) + Send>;

/// Runs a job to its end, tells its holder, if there is one, when all of it has started, and everybody else how
/// it ended.
pub(super) async fn execute_for(
    job: &Job,
    rules: &Arc<Rules>,
    taps: Vec<Taps>,
    on_start: Option<OnStart>,
) -> Result<PipelineOutcome, Error> {
    let result = run(job, rules, taps, on_start).await;
    let failed = |index, outcome: &Outcome| job.is_failure(index, outcome.status());
    job.telling().conclude(result.as_ref(), failed).await;
    result
}

async fn run(
    job: &Job,
    rules: &Arc<Rules>,
    taps: Vec<Taps>,
    on_start: Option<OnStart>,
) -> Result<PipelineOutcome, Error> {
    if job.limits.cancel.iter().any(CancelToken::is_cancelled) {
        return Err(job.over(CancelReason::Cancelled));
    }
    let places = Places::of(job, rules).await?;
    let watch = Watch::new(&*rules.backend, &job.limits, job.deadline());
    let mut taps = taps.into_iter();
    let haste = Haste::new();
    let mut stages = Vec::with_capacity(job.stages.len());
    for index in 0..job.stages.len() {
        let taps = taps.next().unwrap_or_default();
        stages.push(Stage::prepare(job, index, rules.capture, taps, &haste)?);
    }
    let mut guard = Guard::new(&rules.backend, &job.limits, places, job.telling().clone());
    let world = (&*rules.backend, &watch);
    let over = match start::all(job, &mut stages, world, &mut guard, on_start.is_some()).await {
        Ok(()) => None,
        Err(Halt::Over(reason)) if guard.is_empty() => return Err(job.over(reason)),
        Err(Halt::Over(reason)) => Some(reason),
        Err(Halt::Failed(error)) => {
            // What was started is gone when the caller hears of it.
            drop(stages);
            let reason = CancelReason::StageFailed(error.stage().unwrap_or(0));
            job.telling().cancelled(reason, None);
            let _ = guard.end(async {}).await;
            if let Ok(gone) = guard.reap() {
                job.telling().gone(&gone, reason);
            }
            return Err(error);
        }
    };

    if let Some(on_start) = on_start.filter(|_| over.is_none()) {
        on_start(guard.targets(), given(job, &mut stages));
    }

    let mut ended = vec![None; stages.len()];
    let (end, leaked) = {
        let mut streams = Moving::new(&mut stages, &watch, job.telling());
        let end = match over {
            Some(reason) => End::Stopped(reason),
            None => tokio::select! {
                // What has ended is never reported as stopped.
                biased;
                result = finish(&mut guard, &mut streams, &watch, job, &mut ended) => {
                    result.map_err(|error| job.io_error(error))?
                }
                reason = watch.stop() => End::Stopped(reason),
            },
        };
        match end {
            End::Itself { leaked } => (end, leaked),
            End::Stopped(reason) => {
                haste.make();
                job.telling().cancelled(reason, job.cancellation_of(reason));
                let held = stop(&mut guard, &mut streams, &watch).await;
                (end, held.map_err(|error| job.io_error(error))?)
            }
        }
    };

    // Where a job is stopped and a reader of ours takes its time, nobody else is to blame.
    let leaked = leaked && (matches!(end, End::Itself { .. }) || stages.iter().any(Stage::is_held));

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
    let replacements: Vec<_> = stages.iter_mut().map(Stage::take_replacements).collect();
    let elapsed = watch.elapsed();
    for stage in &mut stages {
        stage.settle().await;
    }
    let outcome = joined(gone, stages, &ended, reason, leaked, elapsed, &job.mask())?.with_failure(failure);
    match reason {
        None if outcome.success() => replaced(job, replacements, outcome),
        None | Some(CancelReason::StageFailed(_)) => Ok(outcome),
        Some(reason) => Err(job.stopped(reason, watch.into_input_fault(), outcome)),
    }
}

/// Puts the files that were written into their places. Those after one where that fails are removed.
fn replaced(
    job: &Job,
    files: Vec<Vec<Box<dyn Replacement>>>,
    outcome: PipelineOutcome,
) -> Result<PipelineOutcome, Error> {
    for (index, file) in
        files.into_iter().enumerate().flat_map(|(index, of)| of.into_iter().map(move |file| (index, file)))
    {
        let path = file.target().to_owned();
        if let Err(fault) = file.commit() {
            let error = job.error(index, ErrorKind::NotReplaced, Cause::Io(fault));
            return Err(error.with_path(Some(path)).with_outcomes(outcome));
        }
    }
    Ok(outcome)
}

/// Takes the pipes that are the holder's: the first stage's input, and the last one's outputs.
fn given(job: &Job, stages: &mut [Stage<'_>]) -> Pipes {
    let last = stages.len() - 1;
    let mut pipes = Pipes::default();
    for (index, (plan, stage)) in job.stages.iter().zip(stages).enumerate() {
        if index == last {
            let stdin = pipes.stdin.take();
            pipes = stage.give(&plan.launch);
            pipes.stdin = pipes.stdin.or(stdin);
        } else if index == 0 {
            pipes.stdin = stage.give_input(&plan.launch);
        }
    }
    pipes
}

/// How a job came to its end.
#[derive(Clone, Copy)]
enum End {
    Itself { leaked: bool },
    Stopped(CancelReason),
}

/// Waits until the job has ended by itself, or one stage has failed that stops the others.
async fn finish(
    guard: &mut Guard,
    streams: &mut Moving<'_>,
    watch: &Watch<'_>,
    job: &Job,
    ended: &mut [Option<Duration>],
) -> io::Result<End> {
    let leftovers = job.limits.leftovers.unwrap_or_default();
    if leftovers == Leftovers::Wait && !job.fails_fast() {
        streams.end().await?;
        // Asked only now: a process that closed its streams has mostly exited, and needs no watching.
        streams.feed_during(guard.exited()).await?;
        return Ok(End::Itself { leaked: false });
    }
    let failed = {
        let mut exits = pin!(exits(guard, watch, job, ended));
        tokio::select! {
            biased;
            result = streams.end() => {
                result?;
                streams.feed_during(exits).await?
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
async fn stop(guard: &mut Guard, streams: &mut Moving<'_>, watch: &Watch<'_>) -> io::Result<bool> {
    // A stream that fails now has nothing more to give; the processes are ended all the same.
    guard.end(async { drop(streams.end().await) }).await?;
    Ok(tokio::select! {
        biased;
        held = drain(streams, watch, DRAIN) => held.unwrap_or(false),
        () = watch.sleep(LONGEST_DRAIN) => true,
    })
}

/// Reads the streams to their end, or until nothing has come for `quiet`; returns whether they are held.
async fn drain(streams: &mut Moving<'_>, watch: &Watch<'_>, quiet: Duration) -> io::Result<bool> {
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
