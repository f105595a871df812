//! Bytes on their way between the parent and its children; it knows no commands.
//!
//! In reading order: `capture` ([`Capture`], a bounded read to the end), [`feed`] (writing an input).

mod capture;
mod feed;

pub(crate) use self::capture::Capture;
pub(crate) use self::feed::feed;
