//! Bytes on their way between the parent and its children; it knows no commands.
//!
//! Users meet it as the [`Line`]s of a run ([`Follow::lines`](crate::Follow::lines)) and the [`LineRef`]s that
//! [`for_each_line`](crate::Follow::for_each_line) shows.

// In reading order: `feed` (writing an input), `capture` (a bounded read to the end), `spill` (the whole of it in a
// file), `audience` (who else gets what is read), `onlooker` (what observers see of it), `sink`, `queue` and `haste`
// (copies), `lines` (cutting a stream), `tap` and `batch` (lines on their way to a reader).

mod audience;
mod batch;
mod capture;
mod feed;
mod haste;
mod lines;
mod onlooker;
mod queue;
mod sink;
mod spill;
mod tap;

pub(crate) use self::audience::Audience;
pub(crate) use self::batch::Batch;
pub(crate) use self::capture::Capture;
pub(crate) use self::feed::{Fault, Fed, Feed};
pub(crate) use self::haste::Haste;
pub(crate) use self::lines::Cutter;
pub use self::lines::{Line, LineEnd, LineRef, Source};
pub(crate) use self::onlooker::{Counts, Onlooker};
pub(crate) use self::queue::Queue;
pub(crate) use self::sink::Sink;
pub(crate) use self::spill::Spilling;
pub(crate) use self::tap::Tap;
