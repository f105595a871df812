//! Running: the verbs, the lazy future they return, the one engine, and what ends a process.
//!
//! | for | see |
//! | --- | --- |
//! | the verbs of everything that runs | [`Run`] |
//! | what they return, to be awaited or waited for | [`Running`] |
//! | following a command or pipeline | [`Follow`]: its [`Lines`], or its handle, a [`Child`] |
//! | a whole procedure on a thread without a runtime | [`block_on`] |
//! | what several commands gave | [`BatchOutcome`], [`GraphOutcome`], [`Settled`] |
//! | starting on the way, and leaving nothing behind | [`nursery`], [`bracket`] |
//!
//! A run is lazy: it begins when it is polled or waited for, under the context of that moment. Dropped, it ends its
//! commands in the background. The verbs can be called on a [`Cx`](crate::Cx), too, and run under that one then.

// In reading order: `Run` and `Follow` (the verbs), `printed` (what they return of an output), `Running` (the
// future), `Lines` (output while it runs), `Child`, `Waiting`, `pipes` and `ended` (the handle), `job` (what one run
// does as a whole), `version` (what a program is asked before its first run), `deadline` (its one limit of time),
// `watch` (what stops it), `engine` (waiting and stopping), `joined` (what is known at the end), `start`, `streams`
// (what moves them), `through` (from stage to stage), `sinks` and `taps` (who else gets them), `teardown` (how
// processes are ended, also when nobody waits for them), `background` (the runtime behind `wait`), `block_on`.
//
// Who is told and asked: `telling` and `told` (the events of one run), `voice` (what tells them), `invocations` (what
// is shown of a command), `hearing` (what is shown of its streams), `group` (the events of what runs several),
// `asking` and `hooking` (the hooks).
//
// What runs several: `batch`, `graph`, `choice` and `contest` (one result of several commands), `retry`, `nursery`,
// `bracket`, `places` (in bulkheads), `tower`, `combined` (what is refused in these), `ending`, `contained` (panics).

mod asking;
mod background;
mod batch;
mod batch_outcome;
mod batch_stream;
mod block_on;
mod bracket;
mod child;
mod choice;
mod combined;
mod contained;
mod contest;
mod deadline;
mod ended;
mod ending;
mod engine;
mod follow;
mod ghost;
mod graph;
mod graph_outcome;
mod group;
mod hearing;
mod hint;
mod hooking;
mod invocations;
mod job;
mod joined;
mod lines;
mod nursery;
mod nursery_open;
mod pipes;
mod places;
#[cfg(test)]
mod planted;
mod printed;
#[cfg(feature = "retry")]
mod retry;
#[cfg(feature = "retry")]
pub mod retry_when;
mod running;
mod set;
mod sinks;
mod start;
mod streams;
mod taps;
mod target;
mod teardown;
mod telling;
mod through;
mod told;
#[cfg(feature = "tower")]
mod tower;
mod verbs;
mod version;
mod voice;
mod waiting;
mod watch;

pub use self::batch_outcome::{BatchOutcome, Slot};
pub use self::batch_stream::BatchStream;
pub use self::block_on::block_on;
pub use self::bracket::{Bracket, bracket};
pub use self::child::Child;
pub use self::ended::{SharedOutcome, View};
pub use self::ending::{Ending, Settled, Severity};
pub use self::follow::Follow;
pub use self::graph_outcome::{GraphOutcome, StepOutcome};
pub use self::lines::Lines;
pub use self::nursery::{Nursery, NurseryChild, NurseryRun, nursery};
pub use self::pipes::{ChildLines, ChildOutput, ChildStdin, WaitChildLines};
#[cfg(feature = "retry")]
pub use self::retry::{Retry, retry};
pub use self::running::Running;
#[cfg(feature = "tower")]
pub use self::tower::Tower;
pub use self::verbs::Run;
pub use self::waiting::Waiting;
