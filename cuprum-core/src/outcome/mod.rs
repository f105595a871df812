//! All that is known about a command after it ran; it does not know which command it was.
//!
//! [`Run::output`](crate::Run::output) returns it, and a failure has it: [`Error::outcome`](crate::Error::outcome).
//!
//! ```
//! use cuprum::lab::{Lab, Script};
//! use cuprum::prelude::*;
//! use cuprum::Program;
//!
//! #[derive(Program)]
//! struct Make;
//!
//! let lab = Lab::new().on_program::<Make>(Script::stdout("half of it\n").stderr("no rule\n").then_exit(2));
//! let outcome = lab.cx().output(Make::cmd()).wait()?;
//! assert_eq!((outcome.status().code(), outcome.status().success()), (Some(2), false));
//! assert_eq!(outcome.stdout().bytes(), b"half of it\n");
//! assert_eq!(outcome.stderr().text_lossy(), "no rule\n");
//! # Ok::<(), cuprum::Error>(())
//! ```

// In reading order: `status`, `sink`, `spill`, `buffer` (where bytes are), `captured`, `mask` (what is hidden of it),
// `cpu`, `cancellation`, `stopped`, `Outcome`, `pipeline`, `panicked` (what code said that was called on the way).

mod buffer;
mod cancellation;
mod captured;
mod cpu;
mod mask;
mod panicked;
mod pipeline;
mod sink;
mod spill;
mod status;
mod stopped;

use std::time::Duration;

pub(crate) use self::buffer::Buffer;
pub use self::cancellation::{CancelKind, Cancellation};
pub use self::captured::{Captured, Truncated};
pub use self::cpu::CpuTimes;
pub(crate) use self::mask::Mask;
pub(crate) use self::panicked::panic_text;
pub use self::pipeline::PipelineOutcome;
pub use self::sink::SinkReport;
pub use self::spill::Spill;
pub use self::status::ExitStatus;
pub use self::stopped::{CancelReason, Stopped};

/// All that is known about a finished command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    status: ExitStatus,
    stdout: Captured,
    stderr: Captured,
    duration: Duration,
    pid: u32,
    stopped: Option<Stopped>,
    leaked: bool,
    cpu: Option<CpuTimes>,
}

impl Outcome {
    /// Creates an outcome, as a backend or a test would report it.
    pub fn new(status: ExitStatus, stdout: Captured, stderr: Captured) -> Self {
        Self {
            status,
            stdout,
            stderr,
            duration: Duration::ZERO,
            pid: 0,
            stopped: None,
            leaked: false,
            cpu: None,
        }
    }

    /// Sets how long the command took, from its start to its reaping.
    #[must_use]
    pub fn with_duration(mut self, duration: Duration) -> Self {
        self.duration = duration;
        self
    }

    /// Sets the process id that the command had.
    #[must_use]
    pub fn with_pid(mut self, pid: u32) -> Self {
        self.pid = pid;
        self
    }

    /// Sets how long the process, and the children it has waited for, used a processor.
    #[must_use]
    pub fn with_cpu(mut self, cpu: Option<CpuTimes>) -> Self {
        self.cpu = cpu;
        self
    }

    /// Sets why the command was stopped, if it was.
    #[must_use]
    pub fn with_stopped(mut self, stopped: Option<Stopped>) -> Self {
        self.stopped = stopped;
        self
    }

    /// Sets whether others still held the command's streams when it was done.
    #[must_use]
    pub fn with_leaked(mut self, leaked: bool) -> Self {
        self.leaked = leaked;
        self
    }

    /// Hides these secrets wherever the outcome is shown; its bytes stay as they are.
    #[must_use]
    pub(crate) fn with_mask(mut self, mask: &Mask) -> Self {
        self.stdout.hide(mask);
        self.stderr.hide(mask);
        self
    }

    /// Returns how the process ended.
    pub fn status(&self) -> ExitStatus {
        self.status
    }

    /// Returns what was kept of standard output.
    pub fn stdout(&self) -> &Captured {
        &self.stdout
    }

    pub(crate) fn stdout_mut(&mut self) -> &mut Captured {
        &mut self.stdout
    }

    /// Returns what was kept of standard error.
    pub fn stderr(&self) -> &Captured {
        &self.stderr
    }

    /// Returns the whole of standard output, for a reader that must not miss a byte.
    ///
    /// # Errors
    ///
    /// [`Truncated`] if more was printed than was kept, or it went elsewhere.
    pub fn complete_stdout(&self) -> Result<&[u8], Truncated> {
        self.stdout.complete()
    }

    /// Returns how long the command took, from its start to its reaping.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// Returns how long the process, and the children it has waited for, used a processor; `None` if the
    /// backend does not say. Memory is not reported: the kernel's figure includes the parent's.
    pub fn cpu(&self) -> Option<CpuTimes> {
        self.cpu
    }

    /// Returns why the command was stopped; `None` if it ended by itself.
    pub fn stopped(&self) -> Option<Stopped> {
        self.stopped
    }

    /// Returns whether others still held the command's streams when it was done, so that they were
    /// closed or those processes were killed.
    pub fn leaked(&self) -> bool {
        self.leaked
    }

    /// Returns the process id that the command had, or 0 if it was not started. It may belong to another process by now.
    pub fn pid(&self) -> u32 {
        self.pid
    }
}
