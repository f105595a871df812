//! The readers of outputs, against captured outputs, real programs, and random bytes.
//!
//! What the captured outputs in `tests/cases/outputs` hold was worked out by hand from the manuals.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod every;
mod failures;
mod file_tools;
mod git_fixtures;
mod git_log;
mod git_status;
mod rsync_transfer;
mod scratch;
mod tar_kinds;
mod tar_listing;
