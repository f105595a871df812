//! Running: the verbs, the lazy future they return, the one engine, and what ends a process.
//!
//! In reading order: [`Run`] (the verbs), [`Running`] (the future), `engine` (plan, start, streams,
//! reap), `teardown` (what happens to a process that nobody waits for), `background` (the runtime
//! behind `wait`).

mod background;
mod engine;
mod running;
mod teardown;
mod verbs;

pub use self::running::Running;
pub use self::verbs::Run;
