//! What may help somebody whose command did not start, or did not end by itself.

use std::os::unix::ffi::OsStrExt as _;

use crate::backend::{Backend, FileKind, StartError, StartErrorKind, Step};
use crate::outcome::{CancelReason, Outcome, PipelineOutcome};
use crate::plan::{Plan, TOO_LONG, missing_part};

/// Returns what may help where a process could not be started.
pub(super) fn not_started(plan: &Plan, fault: &StartError, backend: &dyn Backend) -> Option<String> {
    let file = fault.path.display();
    let text = match fault.kind {
        StartErrorKind::NotExecutable if backend.probe(&fault.path) == FileKind::Directory => return None,
        StartErrorKind::NotExecutable => format!("make it executable: chmod +x {file}"),
        StartErrorKind::InterpreterNotFound if fault.path.as_os_str().as_bytes().ends_with(b"\r") => {
            let program = plan.launch.program.display();
            format!("the lines of {program} end with CR LF, and the CR is taken as a part of the name")
        }
        StartErrorKind::InterpreterNotFound if fault.path == plan.launch.program => {
            "it was built for another C library or another kind of machine".to_owned()
        }
        StartErrorKind::DirectoryNotFound | StartErrorKind::FileNotOpened => {
            return missing_part(&fault.path, backend);
        }
        StartErrorKind::Unscripted => "give the lab one: `Lab::on`, `on_program` or `on_words`; a cassette is recorded anew when it is deleted".to_owned(),
        StartErrorKind::ArgumentsTooLong => TOO_LONG.to_owned(),
        StartErrorKind::Busy if fault.source.raw_os_error() == Some(nix::errno::Errno::ETXTBSY as i32) => {
            format!("somebody has {file} open for writing; it can be run when that is closed")
        }
        StartErrorKind::Busy => {
            "a limit on processes is reached: that of the user or of the container".to_owned()
        }
        StartErrorKind::Other if fault.source.kind() == std::io::ErrorKind::PermissionDenied => {
            return denied(fault.step);
        }
        _ => return None,
    };
    Some(text)
}

fn denied(step: Option<Step>) -> Option<String> {
    let text = match step {
        Some(Step::Uid | Step::Gid | Step::Groups) => "only root may become somebody else",
        Some(Step::Nice) => "only root may raise a priority",
        Some(Step::Limit(_)) => "only root may raise a limit",
        Some(Step::Execute) | None => {
            "its file system may be mounted without the right to execute, or a security policy may forbid it"
        }
        _ => return None,
    };
    Some(text.to_owned())
}

/// Returns what may help where a command was stopped.
pub(super) fn stopped(reason: CancelReason, outcome: &PipelineOutcome) -> Option<String> {
    let forced = outcome.stages().any(|stage| stage.stopped().is_some_and(|stopped| stopped.forced));
    let text = match reason {
        _ if forced => {
            "it did not end when it was asked to (SIGTERM): a longer grace may help, or it ignores that"
        }
        _ if outcome.final_stage().leaked() => "a process that left its group still holds its output",
        _ => return None,
    };
    Some(text.to_owned())
}

/// Returns what may help where a command ended by itself, but not as it should.
pub(super) fn ended(outcome: &Outcome) -> Option<String> {
    if let Some(code) = outcome.status().code() {
        return of_a_shell(code).map(str::to_owned);
    }
    let text = match outcome.status().signal_name()? {
        "SIGKILL" => "if nobody here killed it, the kernel did: it does so when memory runs out",
        "SIGPIPE" => "it wrote to somebody who had gone away",
        "SIGXCPU" => "it had used up its limit of CPU time",
        "SIGXFSZ" => "it wrote a file beyond its limit of size",
        _ => return None,
    };
    Some(text.to_owned())
}

/// Returns what a code means by which shells, and others that start programs, say how one of these fared.
fn of_a_shell(code: i32) -> Option<&'static str> {
    Some(match code {
        126 => "126 is what a shell says of a program that it could not execute",
        127 => "127 is what a shell says of a program that it did not find",
        134 => "134 is what a shell says of a program that SIGABRT ended",
        137 => "137 is what a shell says of a program that SIGKILL ended, by the kernel where memory ran out",
        139 => "139 is what a shell says of a program that SIGSEGV ended",
        141 => {
            "141 is what a shell says of a program that SIGPIPE ended: whoever read its output had gone away"
        }
        143 => "143 is what a shell says of a program that SIGTERM ended",
        _ => return None,
    })
}
