//! The one engine: starts what a plan says, moves its streams, waits, stops it, and takes the status.

use std::io;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use super::streams::{Moving, Stage, Taps};
use super::teardown::Guard;
use super::watch::Watch;
use crate::backend::{Backend, StartError, StartErrorKind, Started};
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind};
use crate::outcome::{CancelReason, Outcome, Stopped};
use crate::plan::Plan;
use crate::spec::{CancelToken, Leftovers};

/// How long a stream whose writers were killed may be silent before it is closed.
const DRAIN: Duration = Duration::from_millis(100);

/// How long such a stream is read at most, however much comes.
const LONGEST_DRAIN: Duration = Duration::from_secs(2);

/// Runs a plan to its end.
///
/// A command that ends by itself has an outcome when it has exited and the streams that are captured
/// have ended, so nothing that was printed is missed. One that is stopped has it when its group is
/// gone; what it printed until then is kept. Dropping the future tears the process down.
pub(super) async fn execute(plan: &Plan, rules: &Arc<Rules>) -> Result<Outcome, Error> {
    execute_tapped(plan, rules, Taps::default()).await
}

/// Runs a plan to its end, and lets the taps have its streams on the way.
pub(super) async fn execute_tapped(plan: &Plan, rules: &Arc<Rules>, taps: Taps) -> Result<Outcome, Error> {
    let limits = &plan.limits;
    if limits.cancel.iter().any(CancelToken::is_cancelled) {
        return Err(error(ErrorKind::Cancelled, plan, Cause::None));
    }
    let watch = Watch::new(&*rules.backend, limits);
    let mut stage = Stage::prepare(plan, rules.capture, taps)?;
    let Started { process, stdin, stdout, stderr } = start(plan, &*rules.backend).await?;
    stage.attach(stdin, stdout, stderr);
    let mut guard = Guard::new(process, &rules.backend, limits);
    let pid = guard.pid();

    let (mut leaked, haste) = (false, stage.haste());
    let stopped = {
        let (input, outputs) = stage.futures(&watch);
        let (input, outputs) = (pin!(input), pin!(outputs));
        let mut streams = Moving::new(input, outputs);

        let stopped = tokio::select! {
            // What has ended is never reported as stopped.
            biased;
            result = finish(&mut guard, &mut streams, &watch, limits.leftovers.unwrap_or_default()) => {
                leaked = result.map_err(|error| io_error(plan, error))?;
                None
            }
            reason = watch.stop() => Some(reason),
        };
        match stopped {
            Some(reason) => {
                haste.make();
                let result = stop(&mut guard, &mut streams, &watch).await;
                let (forced, held) = result.map_err(|error| io_error(plan, error))?;
                leaked = held;
                Some(Stopped { reason, forced })
            }
            None => None,
        }
    };

    let reaped = guard.reap().map_err(|error| io_error(plan, error))?;
    let (stdout, stderr) = stage.finish().await;
    let outcome = Outcome::new(reaped.status, stdout, stderr)
        .with_duration(watch.elapsed())
        .with_pid(pid)
        .with_cpu(reaped.cpu)
        .with_stopped(stopped)
        .with_leaked(leaked);
    match stopped {
        None => Ok(outcome),
        Some(Stopped { reason, .. }) => Err(stopped_error(reason, watch.into_input_fault(), plan, outcome)),
    }
}

/// Waits until the command has ended by itself; returns whether others still held its streams.
async fn finish<I: Future<Output = ()>, O: Future<Output = io::Result<()>>>(
    guard: &mut Guard,
    streams: &mut Moving<'_, I, O>,
    watch: &Watch<'_>,
    leftovers: Leftovers,
) -> io::Result<bool> {
    if leftovers == Leftovers::Wait {
        streams.end().await?;
        // Asked only now: a process that closed its streams has mostly exited, and needs no watching.
        streams.feed_during(guard.exited()).await?;
        return Ok(false);
    }
    tokio::select! {
        biased;
        result = streams.end() => result?,
        result = guard.exited() => result?,
    }
    streams.feed_during(guard.exited()).await?;
    // What the process itself has printed lies in the pipe already.
    let held = tokio::select! {
        biased;
        result = streams.end() => { result?; false }
        () = std::future::ready(()) => true,
    };
    match leftovers {
        Leftovers::Drain(quiet) if held => drain(streams, watch, quiet).await,
        Leftovers::Kill => {
            guard.kill();
            drain(streams, watch, DRAIN).await.map(|_| held)
        }
        _ => Ok(held),
    }
}

/// Ends the command; returns whether it had to be killed, and whether others still hold its streams.
async fn stop<I: Future<Output = ()>, O: Future<Output = io::Result<()>>>(
    guard: &mut Guard,
    streams: &mut Moving<'_, I, O>,
    watch: &Watch<'_>,
) -> io::Result<(bool, bool)> {
    // A stream that fails now has nothing more to give; the process is ended all the same.
    let forced = guard.end(async { drop(streams.end().await) }).await?;
    let held = tokio::select! {
        biased;
        held = drain(streams, watch, DRAIN) => held.unwrap_or(false),
        () = watch.sleep(LONGEST_DRAIN) => true,
    };
    Ok((forced, held))
}

/// Reads the streams to their end, or until nothing has come for `quiet`; returns whether they are held.
async fn drain<I: Future<Output = ()>, O: Future<Output = io::Result<()>>>(
    streams: &mut Moving<'_, I, O>,
    watch: &Watch<'_>,
    quiet: Duration,
) -> io::Result<bool> {
    tokio::select! {
        biased;
        result = streams.end() => result.map(|()| false),
        () = watch.quiet(quiet) => Ok(true),
    }
}

/// Starts the process; tries again for a moment where that is likely to help.
///
/// A file that was just written is busy while another thread's child still holds the writer's
/// descriptor, between its fork and its exec (rust-lang/rust#114554).
async fn start(plan: &Plan, backend: &dyn Backend) -> Result<Started, Error> {
    let mut pause = FIRST_PAUSE;
    loop {
        match backend.start(&plan.launch) {
            Ok(started) => return Ok(started),
            Err(fault) if fault.kind == StartErrorKind::Busy && pause <= LAST_PAUSE => {
                backend.sleep(pause).await;
                pause *= 2;
            }
            Err(fault) => return Err(start_error(plan, fault)),
        }
    }
}

/// The pauses double from 1 ms to 128 ms, so trying ends after a quarter of a second.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LAST_PAUSE: Duration = Duration::from_millis(128);

/// The error of a run that ended in a way it never should.
pub(super) fn lost(why: &str) -> Error {
    Error::new(ErrorKind::Io, "", String::new(), Cause::Text(why.to_owned()))
}

/// The error of a run that was refused before it started.
pub(super) fn refused(kind: ErrorKind, plan: &Plan, why: &str) -> Error {
    error(kind, plan, Cause::Text(why.to_owned()))
}

/// The error of a file that could not be opened before the start.
pub(super) fn not_opened(plan: &Plan, path: &Path, source: io::Error) -> Error {
    error(ErrorKind::FileNotOpened, plan, Cause::Io(source)).with_path(Some(path.to_owned()))
}

fn error(kind: ErrorKind, plan: &Plan, cause: Cause) -> Error {
    Error::new(kind, plan.program.name(), plan.command_line(), cause).with_dir(plan.launch.dir.clone())
}

pub(super) fn io_error(plan: &Plan, source: io::Error) -> Error {
    error(ErrorKind::Io, plan, Cause::Io(source)).with_path(Some(plan.launch.program.clone()))
}

fn stopped_error(reason: CancelReason, input: Option<io::Error>, plan: &Plan, outcome: Outcome) -> Error {
    let kind = match reason {
        CancelReason::Timeout(_) => ErrorKind::Timeout,
        CancelReason::IdleTimeout(_) => ErrorKind::IdleTimeout,
        CancelReason::OutputLimit(_) => ErrorKind::OutputLimit,
        CancelReason::Cancelled => ErrorKind::Cancelled,
        CancelReason::InputFailed => ErrorKind::Input,
    };
    let cause = match (reason, input) {
        (CancelReason::InputFailed, Some(source)) => Cause::Io(source),
        _ => Cause::None,
    };
    error(kind, plan, cause).with_path(Some(plan.launch.program.clone())).with_outcome(outcome)
}

fn start_error(plan: &Plan, fault: StartError) -> Error {
    let kind = match fault.kind {
        StartErrorKind::ProgramNotFound => ErrorKind::ProgramNotFound,
        StartErrorKind::ProgramIsDirectory => ErrorKind::ProgramIsDirectory,
        StartErrorKind::NotExecutable => ErrorKind::NotExecutable,
        StartErrorKind::InterpreterNotFound => ErrorKind::InterpreterNotFound,
        StartErrorKind::UnknownFormat => ErrorKind::UnknownFormat,
        StartErrorKind::DirectoryNotFound => ErrorKind::DirectoryNotFound,
        StartErrorKind::FileNotOpened => ErrorKind::FileNotOpened,
        StartErrorKind::ArgumentsTooLong => ErrorKind::ArgumentsTooLong,
        StartErrorKind::Unscripted => ErrorKind::Unscripted,
        StartErrorKind::Busy | StartErrorKind::Other => ErrorKind::Spawn,
    };
    let cause = match kind {
        ErrorKind::InterpreterNotFound if fault.path == plan.launch.program => {
            Cause::Text("the loader that the binary names does not exist".to_owned())
        }
        ErrorKind::InterpreterNotFound => Cause::Text(format!("named by {}", plan.launch.program.display())),
        ErrorKind::UnknownFormat => {
            Cause::Text("neither a binary of this machine nor a script with a `#!` line".to_owned())
        }
        _ => Cause::Io(fault.source),
    };
    error(kind, plan, cause).with_path(Some(fault.path))
}
