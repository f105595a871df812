//! What has happened in a lab, one fact at a time.

use std::fmt;
use std::time::Duration;

use crate::backend::Signal;
use crate::outcome::ExitStatus;

/// One thing that happened in a lab.
///
/// The moments of a run are the same for the same seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When, on the lab's clock.
    pub at: Duration,
    /// To which process.
    pub pid: u32,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// It was started.
    Started,
    /// It was started by this other scripted process.
    Forked(u32),
    /// It printed so many bytes on standard output.
    Stdout(usize),
    /// It printed so many bytes on standard error.
    Stderr(usize),
    /// It read so many bytes.
    Read(usize),
    /// A signal was sent to it, or to its group.
    Signalled(Signal),
    /// It ended, and is a zombie until it is reaped.
    Exited(ExitStatus),
    /// Its status was taken, and it is gone.
    Reaped,
    /// Nobody held it any more, and the lab has killed its group and reaped it.
    Abandoned,
    /// The clock came to the limit before it ended.
    Overdue,
    /// A fault was injected into this call.
    Fault(&'static str),
    /// The run was cancelled here, on purpose.
    Cancelled,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>12?}  ", self.at)?;
        if self.pid != 0 {
            write!(f, "pid {}: ", self.pid)?;
        }
        match self.what {
            What::Started => f.write_str("started"),
            What::Forked(parent) => write!(f, "started by pid {parent}"),
            What::Stdout(bytes) => write!(f, "printed {bytes} bytes"),
            What::Stderr(bytes) => write!(f, "printed {bytes} bytes on standard error"),
            What::Read(bytes) => write!(f, "read {bytes} bytes"),
            What::Signalled(signal) => write!(f, "was sent {signal:?}"),
            What::Exited(status) => write!(f, "ended: {status}"),
            What::Reaped => f.write_str("reaped"),
            What::Abandoned => f.write_str("abandoned: killed and reaped by the lab"),
            What::Overdue => f.write_str("stopped by the clock's limit"),
            What::Fault(call) => write!(f, "a fault is injected: {call}"),
            What::Cancelled => f.write_str("the run is cancelled on purpose"),
        }
    }
}
