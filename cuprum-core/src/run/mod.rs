//! Running: the verbs, the lazy future they return, the one engine, and what ends a process.
//!
//! In reading order: [`Run`] (the verbs), [`Running`] (the future), [`Lines`] (output while it runs), `version` (what a program is
//! asked before its first run), `watch` (what stops it), `engine` (start, streams, stop, reap), `teardown` (what happens to a process that nobody waits for), `background` (the runtime
//! behind `wait`).

mod background;
mod engine;
mod hint;
mod job;
mod lines;
mod running;
mod teardown;
mod verbs;
mod version;
mod watch;

pub use self::lines::Lines;
pub use self::running::Running;
pub use self::verbs::Run;
