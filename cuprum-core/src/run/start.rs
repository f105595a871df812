//! Starts the stages of a job, joined by pipes, and tries again for a moment where that is likely to help.

use std::io;
use std::time::Duration;

use super::ghost::Ghost;
use super::hint;
use super::job::Job;
use super::streams::Stage;
use super::teardown::Guard;
use super::watch::Watch;
use crate::backend::{Backend, Joint, Launch, Observed, Passing, StartError, StartErrorKind, Started};
use crate::error::{Cause, Error, ErrorKind};
use crate::outcome::CancelReason;
use crate::plan::too_long;

/// Why not all stages were started.
pub(super) enum Halt {
    /// One could not be.
    Failed(Error),
    /// A limit of the run was reached, or it was cancelled; the last of the stages at the latest is missing.
    Over(CancelReason),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Starts every stage, first to last, and gives the processes to `guard`.
///
/// The parent keeps no end of a pipe between two stages, unless it observes what flows there. If a stage cannot be
/// started, or the run must end before the next one is, those before it are in the guard, and to be ended. Somebody
/// may hold the run, to whom piped streams are given.
pub(super) async fn all(
    job: &Job,
    stages: &mut [Stage<'_>],
    (backend, watch): (&dyn Backend, &Watch<'_>),
    guard: &mut Guard,
    is_held: bool,
) -> Result<(), Halt> {
    let mut input: Option<Joint> = None;
    for (index, (plan, stage)) in job.stages.iter().zip(stages).enumerate() {
        // Before the first one it was just looked at.
        if let Some(reason) = if index == 0 { None } else { watch.is_over() } {
            return Err(Halt::Over(reason));
        }
        let is_last = index + 1 == job.stages.len();
        let (next, output) = match is_last {
            true => (None, None),
            false => {
                let pipe = pipe(job, stage, backend);
                let (reader, writer) =
                    pipe.map_err(|error| job.error(index, ErrorKind::Spawn, Cause::Io(error)))?;
                (Some(reader), Some(writer))
            }
        };
        let joined;
        let launch = if input.is_none() && output.is_none() {
            &plan.launch
        } else {
            joined = Launch { input, output, ..plan.launch.clone() };
            &joined
        };
        let started = match job.fault(index) {
            Some(known) => Err(absent(job, index, known, launch, backend)),
            None => {
                let started = one(launch, backend, watch).await.map_err(Halt::Over)?;
                started.map_err(|fault| error(job, index, fault, backend))
            }
        };
        match started {
            Ok(Started { process, stdin, stdout, stderr, replacements }) => {
                let pid = process.pid();
                guard.add(process);
                stage.replaces(replacements);
                stage.attach(stdin, stdout, stderr);
                job.telling().started(index, pid, stage.reads(launch, is_held));
            }
            Err(fault) => {
                let status = job.note(index, fault.clone())?;
                job.telling().absent(index, &fault);
                guard.add(Box::new(Ghost(status)));
            }
        }
        input = next;
    }
    Ok(())
}

/// Makes what joins a stage to the next one: a pipe, or two of them with the parent between.
fn pipe(job: &Job, stage: &mut Stage<'_>, backend: &dyn Backend) -> io::Result<(Joint, Joint)> {
    let passing = match stage.looks() {
        Some(looks) => job.edges.how(looks),
        None if backend.observes_all() => Passing::Copy,
        None => return backend.pipe(),
    };
    let Observed { writer, reader, edge } = backend.edge(passing)?;
    stage.pass(edge);
    Ok((reader, writer))
}

/// Returns why a stage does not start that is known not to: its files are opened first, as a shell does, and it
/// may be one of them.
fn absent(job: &Job, index: usize, known: Error, launch: &Launch, backend: &dyn Backend) -> Error {
    // A shell that cannot enter the directory does not come to the files.
    if known.kind() == ErrorKind::DirectoryNotFound {
        return known;
    }
    backend.open_files(launch).map_or_else(|fault| error(job, index, fault, backend), |()| known)
}

/// Starts one process.
///
/// A file that was just written is busy while another thread's child still holds the writer's
/// descriptor, between its fork and its exec (rust-lang/rust#114554).
async fn one(
    launch: &Launch,
    backend: &dyn Backend,
    watch: &Watch<'_>,
) -> Result<Result<Started, StartError>, CancelReason> {
    let mut pause = FIRST_PAUSE;
    loop {
        match backend.start_soon(launch).await {
            Err(fault) if fault.kind == StartErrorKind::Busy && pause <= LAST_PAUSE => {
                watch.unless_over(backend.sleep(pause)).await?;
                pause *= 2;
            }
            result => return Ok(result),
        }
    }
}

/// The pauses double from 1 ms to 128 ms, so trying ends after a quarter of a second.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LAST_PAUSE: Duration = Duration::from_millis(128);

fn error(job: &Job, index: usize, fault: StartError, backend: &dyn Backend) -> Error {
    let plan = job.stages.get(index);
    let hint = plan.and_then(|plan| hint::not_started(plan, &fault, backend));
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
    let program = plan.map(|plan| &plan.launch.program);
    let cause = match kind {
        ErrorKind::InterpreterNotFound if Some(&fault.path) == program => {
            Cause::Text("the loader that the binary names does not exist".to_owned())
        }
        ErrorKind::InterpreterNotFound => {
            let program = program.map(|program| program.display().to_string()).unwrap_or_default();
            Cause::Text(format!("named by {program}"))
        }
        ErrorKind::UnknownFormat => {
            Cause::Text("neither a binary of this machine nor a script with a `#!` line".to_owned())
        }
        ErrorKind::ArgumentsTooLong => {
            plan.map_or(Cause::None, |plan| Cause::Text(too_long(&plan.launch, backend)))
        }
        _ => Cause::Io(fault.source),
    };
    job.error(index, kind, cause).with_path(Some(fault.path)).with_hint(hint)
}
