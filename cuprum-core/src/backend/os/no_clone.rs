//! In the place of the own spawn, where there is none: it is never available.

use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};

use rustix::io::Errno;
use rustix::process::{WaitId, WaitIdOptions};

use super::prepare::Image;
use crate::backend::{Reaped, Step};
use crate::outcome::ExitStatus;
use crate::spec::Attributes;

pub(super) struct Request<'a> {
    pub(super) image: &'a Image,
    pub(super) attributes: &'a Attributes,
    pub(super) own_group: bool,
    pub(super) streams: [Option<BorrowedFd<'a>>; 3],
}

pub(super) struct Child {
    pub(super) pid: u32,
    pub(super) pidfd: OwnedFd,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Fault {
    pub(super) step: Step,
    pub(super) errno: Errno,
}

pub(super) fn start(request: &Request<'_>) -> Result<Child, Fault> {
    // What a child would read is used by nobody here, and that is no mistake.
    let Request { image, attributes, own_group, streams } = request;
    let _ = (image.program(), image.argv(), image.envp(), image.dir(), attributes, own_group, streams);
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
