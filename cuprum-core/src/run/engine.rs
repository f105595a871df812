//! The one engine: starts what a plan says, moves its streams, waits, and takes the status.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::teardown::Guard;
use crate::backend::{Backend, ReadPipe, StartError, StartErrorKind, Started};
use crate::context::{CaptureLimit, Rules};
use crate::error::{Cause, Error, ErrorKind};
use crate::outcome::{Captured, Outcome};
use crate::plan::Plan;
use crate::spec::Stdin;
use crate::stream;

/// Runs a plan to its end.
///
/// The outcome is taken when the process has exited and the streams that are captured have ended, so
/// nothing that was printed is missed. Dropping the future tears the process down.
pub(super) async fn execute(plan: &Plan, rules: &Arc<Rules>) -> Result<Outcome, Error> {
    let backend = &rules.backend;
    let begin = backend.now();
    let started = start(plan, &**backend).await?;
    let Started { process, stdin, mut stdout, mut stderr } = started;
    let guard = Guard::new(process, Arc::clone(rules));

    let feeding = async {
        match (stdin, &plan.launch.stdin) {
            (Some(pipe), Stdin::Bytes(input)) => stream::feed(pipe, input).await,
            _ => Ok(()),
        }
    };
    let limit = rules.capture;
    let streams = tokio::try_join!(feeding, capture(&mut stdout, limit), capture(&mut stderr, limit));
    let ((), stdout, stderr) = streams.map_err(|error| io_error(plan, error))?;
    // Asked only now: a process that closed its streams has mostly exited, and needs no watching.
    let (pid, status) = guard.finish().await.map_err(|error| io_error(plan, error))?;
    let duration = backend.now().saturating_sub(begin);
    Ok(Outcome::new(status, stdout, stderr).with_duration(duration).with_pid(pid))
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

async fn capture(pipe: &mut Option<ReadPipe>, limit: CaptureLimit) -> io::Result<Captured> {
    match pipe {
        Some(pipe) => stream::capture(pipe, limit.head, limit.tail).await,
        None => Ok(Captured::default()),
    }
}

/// The error of a run that ended in a way it never should.
pub(super) fn lost(why: &str) -> Error {
    Error::new(ErrorKind::Io, "", String::new(), Cause::Text(why.to_owned()))
}

fn error(kind: ErrorKind, plan: &Plan, cause: Cause) -> Error {
    Error::new(kind, plan.program.name(), plan.command_line(), cause).with_dir(plan.launch.dir.clone())
}

fn io_error(plan: &Plan, source: io::Error) -> Error {
    error(ErrorKind::Io, plan, Cause::Io(source)).with_path(Some(plan.launch.program.clone()))
}

fn start_error(plan: &Plan, fault: StartError) -> Error {
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
        ErrorKind::InterpreterNotFound => Cause::Text(format!("named by {}", plan.launch.program.display())),
        ErrorKind::UnknownFormat => Cause::Text("a script needs a `#!` line".to_owned()),
        _ => Cause::Io(fault.source),
    };
    error(kind, plan, cause).with_path(Some(fault.path))
}
