//! Faults at the seam: the calls at which a run meets the world, and what can go wrong at each.

use std::io;

use super::moment::What;
use super::world::State;

/// The calls of the seam that can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    Probe,
    Directory,
    Pipe,
    Start,
    Read,
    Write,
    Exit,
    /// Asking a group to end; what kills cannot fail, since nothing would be left that ends a group.
    Signal,
    Reap,
    /// Putting a file into another one's place.
    Replace,
    /// A pause that takes a minute longer, as when a machine sleeps.
    Sleep,
}

impl Call {
    /// Returns the error numbers with which the call fails.
    pub(super) fn errors(self) -> &'static [i32] {
        match self {
            Self::Probe | Self::Directory => &[ENOENT],
            Self::Pipe => &[EMFILE],
            Self::Start => &[EAGAIN, ENOENT, EACCES, EMFILE, ENOMEM, E2BIG],
            Self::Read => &[EIO],
            Self::Write => &[EPIPE, EIO],
            Self::Exit | Self::Reap => &[ECHILD],
            Self::Signal => &[EPERM],
            Self::Replace => &[EACCES],
            Self::Sleep => &[EINTR],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Probe => "looking for the program",
            Self::Directory => "asking for the working directory",
            Self::Pipe => "making a pipe",
            Self::Start => "starting",
            Self::Read => "reading",
            Self::Write => "writing",
            Self::Exit => "waiting",
            Self::Signal => "asking to end",
            Self::Reap => "reaping",
            Self::Replace => "replacing a file",
            Self::Sleep => "a pause takes a minute longer",
        }
    }
}

const EPERM: i32 = 1;
const ENOENT: i32 = 2;
const EINTR: i32 = 4;
const EIO: i32 = 5;
const E2BIG: i32 = 7;
const ECHILD: i32 = 10;
const EAGAIN: i32 = 11;
const ENOMEM: i32 = 12;
const EACCES: i32 = 13;
const EMFILE: i32 = 24;
const EPIPE: i32 = 32;

/// Which calls fail.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// The calls so far, where somebody wants to know them.
    pub(super) calls: Option<Vec<Call>>,
    /// The one call that fails, counted from 0, and with which of its errors.
    pub(super) only: Option<(usize, usize)>,
    /// One call in so many fails; none if 0.
    pub(super) one_in: u32,
    made: usize,
    pub(super) injected: usize,
}

impl State {
    /// Returns the error number with which this call fails, if it does.
    pub(super) fn fault(&mut self, call: Call, pid: u32) -> Option<i32> {
        let faults = &mut self.faults;
        if let Some(calls) = &mut faults.calls {
            calls.push(call);
        }
        let made = faults.made;
        faults.made += 1;
        let which = match (faults.only, &mut self.kernel.chance) {
            (Some((at, which)), _) => (at == made).then_some(which),
            (None, Some(chance)) => chance.one_in(faults.one_in).then(|| chance.below(call.errors().len())),
            (None, None) => None,
        };
        let errno = *call.errors().get(which?)?;
        faults.injected += 1;
        self.kernel.note(pid, What::Fault(call.name()));
        Some(errno)
    }

    /// Returns the error with which this call fails, if it does.
    pub(super) fn io_fault(&mut self, call: Call, pid: u32) -> io::Result<()> {
        self.fault(call, pid).map_or(Ok(()), |errno| Err(io::Error::from_raw_os_error(errno)))
    }
}
