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
use crate::backend::{Backend as _, FileKind, Launch, StartError, StartErrorKind};

pub(super) fn diagnose(launch: &Launch, source: io::Error) -> StartError {
    let (kind, path) = match Errno::from_io_error(&source) {
        Some(Errno::TOOBIG) => (StartErrorKind::ArgumentsTooLong, launch.program.clone()),
        Some(Errno::TXTBSY | Errno::AGAIN) => (StartErrorKind::Busy, launch.program.clone()),
        Some(Errno::NOEXEC) => (StartErrorKind::UnknownFormat, launch.program.clone()),
        Some(Errno::NOENT | Errno::ACCESS | Errno::NOTDIR | Errno::LOOP | Errno::NAMETOOLONG) => {
            file_at_fault(launch)
        }
        _ => (StartErrorKind::Other, launch.program.clone()),
    };
    StartError { kind, path, source }
}

fn file_at_fault(launch: &Launch) -> (StartErrorKind, PathBuf) {
    if let Some(dir) = &launch.dir
        && (Os.probe(dir) != FileKind::Directory
            || rustix::fs::access(dir, rustix::fs::Access::EXEC_OK).is_err())
    {
        return (StartErrorKind::DirectoryNotFound, dir.clone());
    }
    let program = launch.program.clone();
    match Os.probe(&program) {
        FileKind::Absent => (StartErrorKind::ProgramNotFound, program),
        FileKind::Directory => (StartErrorKind::ProgramIsDirectory, program),
        FileKind::NotExecutable => (StartErrorKind::NotExecutable, program),
        FileKind::Executable => match interpreter(&program) {
            Some(interpreter) => match Os.probe(&interpreter) {
                FileKind::Absent => (StartErrorKind::InterpreterNotFound, interpreter),
                FileKind::Executable => (StartErrorKind::Other, program),
                _ => (StartErrorKind::NotExecutable, interpreter),
            },
            // A binary's loader is not found by reading the first line; the kernel's word stands.
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
