//! In the place of the own spawn, where there is none: it is never available.

use std::io;
use std::os::fd::BorrowedFd;

use rustix::io::Errno;
use rustix::process::{WaitId, WaitIdOptions};

use super::request::{Child, Fault, Request, Source};
use crate::backend::{Reaped, Step};
use crate::outcome::ExitStatus;

pub(super) fn start(request: &Request<'_>) -> Result<Child, Fault> {
    // What a child would read is used by nobody here, and that is no mistake.
    let Request { image, attributes, own_group, own_table, streams } = request;
    let _ = (image.program(), image.argv(), image.envp(), image.dir(), attributes, own_group, own_table);
    for stream in streams {
        match stream {
            Source::Inherit => {}
            Source::Open(fd) => drop(fd),
            Source::Path(path, flags) => drop((path, flags)),
        }
    }
    Err(Fault { step: Step::Process, errno: Errno::NOSYS })
}

/// Takes the status of an exited process and ends the zombie; the CPU times are not known.
pub(super) fn reap(pidfd: BorrowedFd<'_>) -> io::Result<Option<Reaped>> {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG;
    let status = loop {
        match rustix::process::waitid(WaitId::PidFd(pidfd), options) {
            Err(Errno::INTR) => {}
            result => break result?,
        }
    };
    let Some(status) = status else { return Ok(None) };
    match (status.exit_status(), status.terminating_signal()) {
        (Some(code), _) => Ok(Some(Reaped::new(ExitStatus::Code(code)))),
        (None, Some(signal)) => Ok(Some(Reaped::new(ExitStatus::Signal(signal)))),
        (None, None) => Err(io::Error::other("the kernel reported neither a code nor a signal")),
    }
}
