//! Running: the verbs, the lazy future they return, the one engine, and what ends a process.
//!
//! In reading order: [`Run`] (the verbs), [`Running`] (the future), `version` (what a program is
//! asked before its first run), `engine` (plan, start, streams, reap), `teardown` (what happens to a process that nobody waits for), `background` (the runtime
//! behind `wait`).

mod background;
mod engine;
mod running;
mod teardown;
mod verbs;
mod version;

pub use self::running::Running;
pub use self::verbs::Run;
