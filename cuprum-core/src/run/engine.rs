//! The one engine: starts what a plan says, moves its streams, waits, stops it, and takes the status.

use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use super::hint;
use super::teardown::Guard;
use super::watch::Watch;
use crate::backend::{Backend, ReadPipe, StartError, StartErrorKind, Started};
use crate::context::Rules;
use crate::error::{Cause, Error, ErrorKind};
use crate::outcome::{CancelReason, Outcome, Stopped};
use crate::plan::Plan;
use crate::spec::{CancelToken, Leftovers, Stdin};
use crate::stream::{self, Capture, Tap};

/// How long a stream whose writers were killed may be silent before it is closed.
const DRAIN: Duration = Duration::from_millis(100);

/// How long such a stream is read at most, however much comes.
const LONGEST_DRAIN: Duration = Duration::from_secs(2);

/// Who reads the streams line by line while the command runs.
#[derive(Debug, Default)]
pub(super) struct Taps {
    pub(super) stdout: Option<Tap>,
    pub(super) stderr: Option<Tap>,
}

/// Runs a plan to its end.
///
/// A command that ends by itself has an outcome when it has exited and the streams that are captured
/// have ended, so nothing that was printed is missed. One that is stopped has it when its group is
/// gone; what it printed until then is kept. The taps have its streams on the way.
/// Dropping the future tears the process down.
pub(super) async fn execute(plan: &Plan, rules: &Arc<Rules>, taps: &mut Taps) -> Result<Outcome, Error> {
    let limits = &plan.limits;
    if limits.cancel.iter().any(CancelToken::is_cancelled) {
        return Err(error(ErrorKind::Cancelled, plan, Cause::None));
    }
    let watch = Watch::new(&*rules.backend, limits);
    let Started { process, stdin, mut stdout, mut stderr } = start(plan, &*rules.backend).await?;
    let mut guard = Guard::new(process, &rules.backend, limits);
    let pid = guard.pid();

    let keeping = || Capture::new(rules.capture.head, rules.capture.tail);
    let (mut kept_out, mut kept_err) = (keeping(), keeping());
    let mut leaked = false;
    let stopped = {
        let on_chunk = |length| watch.chunk(length);
        let feeding = async {
            match (stdin, &plan.launch.stdin) {
                (Some(pipe), Stdin::Bytes(input)) => stream::feed(pipe, input).await,
                _ => Ok(()),
            }
        };
        let all = async {
            let out = capture(&mut kept_out, &mut stdout, &on_chunk, taps.stdout.as_mut());
            let err = capture(&mut kept_err, &mut stderr, &on_chunk, taps.stderr.as_mut());
            tokio::try_join!(feeding, out, err).map(drop)
        };
        let mut streams = Streams { all: pin!(all), ended: false };

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
                let result = stop(&mut guard, &mut streams, &watch).await;
                let (forced, held) = result.map_err(|error| io_error(plan, error))?;
                leaked = held;
                Some(Stopped { reason, forced })
            }
            None => None,
        }
    };

    let reaped = guard.reap().map_err(|error| io_error(plan, error))?;
    let outcome = Outcome::new(reaped.status, kept_out.finish(), kept_err.finish())
        .with_duration(watch.elapsed())
        .with_pid(pid)
        .with_cpu(reaped.cpu)
        .with_stopped(stopped)
        .with_leaked(leaked)
        .with_mask(&plan.launch.mask());
    match stopped {
        None => Ok(outcome),
        Some(Stopped { reason, .. }) => Err(stopped_error(reason, plan, outcome)),
    }
}

/// All streams of a command as one future that can be asked again after its end.
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

/// Waits until the command has ended by itself; returns whether others still held its streams.
async fn finish<F: Future<Output = io::Result<()>>>(
    guard: &mut Guard,
    streams: &mut Streams<'_, F>,
    watch: &Watch<'_>,
    leftovers: Leftovers,
) -> io::Result<bool> {
    if leftovers == Leftovers::Wait {
        streams.end().await?;
        // Asked only now: a process that closed its streams has mostly exited, and needs no watching.
        guard.exited().await?;
        return Ok(false);
    }
    tokio::select! {
        biased;
        result = streams.end() => result?,
        result = guard.exited() => result?,
    }
    guard.exited().await?;
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
async fn stop<F: Future<Output = io::Result<()>>>(
    guard: &mut Guard,
    streams: &mut Streams<'_, F>,
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

/// Starts the process; tries again for a moment where that is likely to help.
///
/// A file that was just written is busy while another thread's child still holds the writer's
/// descriptor, between its fork and its exec (rust-lang/rust#114554).
async fn start(plan: &Plan, backend: &dyn Backend) -> Result<Started, Error> {
    let mut pause = FIRST_PAUSE;
    loop {
        match backend.start_soon(&plan.launch).await {
            Ok(started) => return Ok(started),
            Err(fault) if fault.kind == StartErrorKind::Busy && pause <= LAST_PAUSE => {
                backend.sleep(pause).await;
                pause *= 2;
            }
            Err(fault) => return Err(start_error(plan, fault, backend)),
        }
    }
}

/// The pauses double from 1 ms to 128 ms, so trying ends after a quarter of a second.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LAST_PAUSE: Duration = Duration::from_millis(128);

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

/// The error of a run that ended in a way it never should.
pub(super) fn lost(why: &str) -> Error {
    Error::new(ErrorKind::Io, "", String::new(), Cause::Text(why.to_owned()))
}

fn error(kind: ErrorKind, plan: &Plan, cause: Cause) -> Error {
    Error::new(kind, plan.program.name(), plan.command_line(), cause)
        .with_dir(plan.launch.dir.clone())
        .with_mask(plan.launch.mask())
}

fn io_error(plan: &Plan, source: io::Error) -> Error {
    error(ErrorKind::Io, plan, Cause::Io(source)).with_path(Some(plan.launch.program.clone()))
}

fn stopped_error(reason: CancelReason, plan: &Plan, outcome: Outcome) -> Error {
    let kind = match reason {
        CancelReason::Timeout(_) => ErrorKind::Timeout,
        CancelReason::IdleTimeout(_) => ErrorKind::IdleTimeout,
        CancelReason::OutputLimit(_) => ErrorKind::OutputLimit,
        CancelReason::Cancelled => ErrorKind::Cancelled,
    };
    error(kind, plan, Cause::None)
        .with_path(Some(plan.launch.program.clone()))
        .with_hint(hint::stopped(reason, &outcome))
        .with_outcome(outcome)
}

fn start_error(plan: &Plan, fault: StartError, backend: &dyn Backend) -> Error {
    let hint = hint::not_started(plan, &fault, backend);
    let kind = match fault.kind {
        StartErrorKind::ProgramNotFound => ErrorKind::ProgramNotFound,
        StartErrorKind::ProgramIsDirectory => ErrorKind::ProgramIsDirectory,
        StartErrorKind::NotExecutable => ErrorKind::NotExecutable,
        StartErrorKind::InterpreterNotFound => ErrorKind::InterpreterNotFound,
        StartErrorKind::UnknownFormat => ErrorKind::UnknownFormat,
        StartErrorKind::DirectoryNotFound => ErrorKind::DirectoryNotFound,
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
        ErrorKind::ArgumentsTooLong => {
            let bytes: usize = plan.launch.args.iter().map(|word| word.len() + 1).sum();
            Cause::Text(format!("its {} words have {bytes} bytes", plan.launch.args.len()))
        }
        _ => Cause::Io(fault.source),
    };
    error(kind, plan, cause).with_path(Some(fault.path)).with_hint(hint)
}
