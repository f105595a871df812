//! What a scripted process prints and how it ends.

use std::time::Duration;

use crate::backend::Launch;
use crate::outcome::ExitStatus;

/// Decides whether a script answers a launch.
pub(super) type Matcher = Box<dyn Fn(&Launch) -> bool + Send>;

/// What a scripted process prints, how long it takes, and how it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a script does nothing until it is given to a lab"]
pub struct Script {
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: Vec<u8>,
    pub(super) status: ExitStatus,
    pub(super) duration: Duration,
}

impl Script {
    /// Prints nothing and exits with `code`.
    pub fn exit(code: i32) -> Self {
        let (stdout, stderr) = (Vec::new(), Vec::new());
        Self { stdout, stderr, status: ExitStatus::Code(code), duration: Duration::ZERO }
    }

    /// Prints `bytes` on standard output and exits with 0.
    pub fn stdout(bytes: impl Into<Vec<u8>>) -> Self {
        Self { stdout: bytes.into(), ..Self::exit(0) }
    }

    /// Prints `bytes` on standard error, too.
    pub fn stderr(self, bytes: impl Into<Vec<u8>>) -> Self {
        Self { stderr: bytes.into(), ..self }
    }

    /// Exits with `code` in the end.
    pub fn then_exit(self, code: i32) -> Self {
        Self { status: ExitStatus::Code(code), ..self }
    }

    /// Is killed by the signal of this number in the end.
    pub fn then_signal(self, signal: i32) -> Self {
        Self { status: ExitStatus::Signal(signal), ..self }
    }

    /// Takes this long on the lab's clock.
    pub fn takes(self, duration: Duration) -> Self {
        Self { duration, ..self }
    }
}
