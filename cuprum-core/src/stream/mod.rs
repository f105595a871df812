//! Bytes on their way between the parent and its children; it knows no commands.
//!
//! In reading order: `feed` (writing an input), `capture` (a bounded read to the end), `audience` (who else
//! gets what is read), [`lines`](Line) (cutting a stream), `tap` (lines on their way to a reader).

mod audience;
mod capture;
mod feed;
mod lines;
mod tap;

pub(crate) use self::audience::Audience;
pub(crate) use self::capture::Capture;
pub(crate) use self::feed::Feed;
pub(crate) use self::lines::Cutter;
pub use self::lines::{Line, LineEnd, Source};
pub(crate) use self::tap::Tap;
