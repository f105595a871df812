//! How long a process has used a processor.

use std::time::Duration;

/// How long a process, and those of its descendants that it waited for, ran on a CPU.
///
/// The peak of its memory is not here: for a process that begins in its parent's memory, the kernel counts
/// the parent's, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CpuTimes {
    /// In its own code.
    pub user: Duration,
    /// In the kernel, on its behalf.
    pub system: Duration,
}
