//! Finds out which file a failed spawn's error number is about.
//!
//! The kernel says `ENOENT` for a missing directory, a missing program and a missing interpreter
//! alike, and `EACCES` for most of the rest (execve(2)).

use std::ffi::OsStr;
use std::io::{self, Read as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use super::Os;
use crate::backend::{Backend as _, FileKind, Launch, StartError, StartErrorKind, Step};

/// Returns what is at fault; `step` is the step that failed, where that is known.
pub(super) fn diagnose(launch: &Launch, step: Option<Step>, source: io::Error) -> StartError {
    let program = || launch.program.clone();
    let (kind, path) = match (step, Errno::from_io_error(&source)) {
        (Some(Step::Directory), _) => {
            (StartErrorKind::DirectoryNotFound, launch.dir.clone().unwrap_or_default())
        }
        (None | Some(Step::Process | Step::Execute), errno) => match errno {
            Some(Errno::TOOBIG) => (StartErrorKind::ArgumentsTooLong, program()),
            Some(Errno::TXTBSY | Errno::AGAIN) => (StartErrorKind::Busy, program()),
            Some(Errno::NOEXEC) => (StartErrorKind::UnknownFormat, program()),
            Some(Errno::NOENT | Errno::ACCESS | Errno::NOTDIR | Errno::LOOP | Errno::NAMETOOLONG) => {
                match &launch.dir {
                    Some(dir) if step.is_none() && !can_enter(dir) => {
                        (StartErrorKind::DirectoryNotFound, dir.clone())
                    }
                    _ => file_at_fault(launch, errno == Some(Errno::NOENT)),
                }
            }
            _ => (StartErrorKind::Other, program()),
        },
        (Some(_), _) => (StartErrorKind::Other, program()),
    };
    let source = match step {
        // Nobody would guess these steps from the error number.
        Some(step) if kind == StartErrorKind::Other && step != Step::Execute => {
            io::Error::new(source.kind(), format!("{step}: {source}"))
        }
        _ => source,
    };
    StartError { kind, path, step, source }
}

fn can_enter(dir: &Path) -> bool {
    Os::new().probe(dir) == FileKind::Directory
        && rustix::fs::access(dir, rustix::fs::Access::EXEC_OK).is_ok()
}

fn file_at_fault(launch: &Launch, missing: bool) -> (StartErrorKind, PathBuf) {
    let program = launch.program.clone();
    match Os::new().probe(&program) {
        FileKind::Absent => (StartErrorKind::ProgramNotFound, program),
        FileKind::Directory => (StartErrorKind::ProgramIsDirectory, program),
        FileKind::NotExecutable => (StartErrorKind::NotExecutable, program),
        FileKind::Executable => match interpreter(&program) {
            Some(interpreter) => match Os::new().probe(&interpreter) {
                FileKind::Absent => (StartErrorKind::InterpreterNotFound, interpreter),
                FileKind::Executable => (StartErrorKind::Other, program),
                _ => (StartErrorKind::NotExecutable, interpreter),
            },
            // What a binary needs to be loaded is missing: its loader is its interpreter (execve(2)).
            None if missing => (StartErrorKind::InterpreterNotFound, program),
            None => (StartErrorKind::Other, program),
        },
    }
}

/// Returns the interpreter that the file's `#!` line names.
fn interpreter(program: &Path) -> Option<PathBuf> {
    // The kernel reads 256 bytes of the line (linux/binfmts.h, BINPRM_BUF_SIZE).
    let mut line = Vec::with_capacity(256);
    std::fs::File::open(program).ok()?.take(256).read_to_end(&mut line).ok()?;
    let line = line.strip_prefix(b"#!")?.split(|byte| *byte == b'\n').next()?;
    let word = line.split(|byte| matches!(byte, b' ' | b'\t')).find(|word| !word.is_empty())?;
    Some(PathBuf::from(OsStr::from_bytes(word)))
}
