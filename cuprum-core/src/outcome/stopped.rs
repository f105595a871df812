//! Why a command was stopped, and whether it had to be forced.

use std::fmt;
use std::time::Duration;

/// Says that a command did not end by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// Why it was stopped; of several reasons, the first.
    pub reason: CancelReason,
    /// Whether it had to be killed, because it did not end within the grace.
    pub forced: bool,
}

/// Why a command was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CancelReason {
    /// It had run for this long.
    Timeout(Duration),
    /// It had printed nothing for this long.
    IdleTimeout(Duration),
    /// It had printed more than this many bytes.
    OutputLimit(u64),
    /// Its cancel token was used.
    Cancelled,
    /// This stage of its pipeline, counted from 0, had failed.
    StageFailed(usize),
    /// What its standard input is read from failed.
    InputFailed,
    /// Nobody waited for it any more: its run was dropped. No error has this reason, since nobody gets one.
    Dropped,
}

impl fmt::Display for CancelReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout(limit) => write!(f, "timed out after {limit:?}"),
            Self::IdleTimeout(limit) => write!(f, "printed nothing for {limit:?}"),
            Self::OutputLimit(limit) => write!(f, "printed more than {limit} bytes"),
            Self::Cancelled => f.write_str("was cancelled"),
            Self::StageFailed(index) => write!(f, "was stopped because stage {index} failed"),
            Self::InputFailed => f.write_str("its input failed"),
            Self::Dropped => f.write_str("was given up"),
        }
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)?;
        if self.forced { f.write_str(" and had to be killed") } else { Ok(()) }
    }
}
