//! Running: the verbs, the lazy future they return, the one engine, and what ends a process.
//!
//! In reading order: [`Run`] (the verbs), [`Running`] (the future), [`Lines`] (output while it runs), `job`
//! (what one run does as a whole), `version` (what a program is asked before its first run), `watch` (what
//! stops it), `engine` (waiting and stopping), `start`, `streams` (what moves them), `sinks` and
//! `taps` (who else gets them), `teardown` (how processes
//! are ended, also when nobody waits for them), `background` (the runtime behind `wait`).

mod background;
mod engine;
mod job;
mod lines;
mod running;
mod sinks;
mod start;
mod streams;
mod taps;
mod teardown;
mod verbs;
mod version;
mod watch;

pub use self::lines::Lines;
pub use self::running::Running;
pub use self::verbs::Run;
