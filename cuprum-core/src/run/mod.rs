//! Running: the verbs, the lazy future they return, the one engine, and what ends a process.
//!
//! In reading order: [`Run`] (the verbs), [`Running`] (the future), [`Lines`] (output while it runs),
//! [`Child`], [`Waiting`], `pipes` and [`ended`](SharedOutcome) (the handle), `job`
//! (what one run does as a whole), `version` (what a program is asked before its first run), `watch` (what
//! stops it), `engine` (waiting and stopping), `start`, `streams` (what moves them), `sinks` (who
//! else gets them), `teardown` (how processes
//! are ended, also when nobody waits for them), `background` (the runtime behind `wait`).

mod background;
mod batch;
mod batch_outcome;
mod batch_stream;
mod child;
mod ended;
mod engine;
mod hint;
mod job;
mod lines;
mod pipes;
#[cfg(test)]
mod planted;
mod running;
mod set;
mod sinks;
mod start;
mod streams;
mod target;
mod teardown;
mod verbs;
mod version;
mod waiting;
mod watch;

pub use self::batch_outcome::{BatchOutcome, Slot};
pub use self::batch_stream::BatchStream;
pub use self::child::Child;
pub use self::ended::{SharedOutcome, View};
pub use self::lines::Lines;
pub use self::pipes::{ChildLines, ChildOutput, ChildStdin, WaitChildLines};
pub use self::running::Running;
pub use self::verbs::{Follow, Run};
pub use self::waiting::Waiting;
