//! Running: the verbs, the lazy future they return, the one engine, and what ends a process.
//!
//! In reading order: [`Run`] (the verbs), [`Running`] (the future), [`Lines`] (output while it runs), `version` (what a program is
//! asked before its first run), `watch` (what stops it), `engine` (start, stop, reap), `streams` (what moves them), `sinks` (who else gets them), `teardown` (what happens to a process that nobody waits for), `background` (the runtime
//! behind `wait`).

mod background;
mod engine;
mod lines;
mod running;
mod sinks;
mod streams;
mod teardown;
mod verbs;
mod version;
mod watch;

pub use self::lines::Lines;
pub use self::running::Running;
pub use self::verbs::Run;
