//! Running: the verbs, the lazy future they return, the one engine, and what ends a process.
//!
//! In reading order: [`Run`] and [`Follow`] (the verbs), `printed` (what they return of an output), [`Running`]
//! (the future), [`Lines`] (output while it runs), `job` (what one run does as a whole), `version` (what a
//! program is asked before its first run), `watch` (what stops it), `engine` (waiting and stopping), `start`,
//! `streams` (what moves them), `sinks` and `taps` (who else gets them), `teardown` (how processes are ended,
//! also when nobody waits for them), `background` (the runtime behind `wait`).

mod background;
mod batch;
mod batch_outcome;
mod batch_stream;
mod engine;
mod follow;
mod ghost;
mod graph;
mod graph_outcome;
mod hint;
mod job;
mod lines;
#[cfg(test)]
mod planted;
mod printed;
mod running;
mod set;
mod sinks;
mod start;
mod streams;
mod taps;
mod teardown;
mod verbs;
mod version;
mod watch;

pub use self::batch_outcome::{BatchOutcome, Slot};
pub use self::batch_stream::BatchStream;
pub use self::follow::Follow;
pub use self::graph_outcome::{GraphOutcome, StepOutcome};
pub use self::lines::Lines;
pub use self::running::Running;
pub use self::verbs::Run;
