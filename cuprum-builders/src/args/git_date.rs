//! Points in time, as git reads them.

use std::ffi::OsString;

use super::fault::{Fault, at, clean, first_fault, refuse_option};
use super::text::checked_text;

/// A point in time that git reads: `2026-11-21`, `2 weeks ago`, `@1700000000 +0100`, `never`.
///
/// Git's reader takes almost any text and makes the best of it (git-commit(1), "Date Formats"), so only
/// the form is checked here: clean text of at most 100 bytes that does not begin with `-`.
///
/// ```
/// use cuprum_builders::args::GitDate;
///
/// assert!(GitDate::new("2 weeks ago").is_ok());
/// assert!(GitDate::new("-1").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GitDate {
    text: String,
}

checked_text!(GitDate, "a date", fault);

/// The text, as it is.
impl cuprum::ArgValue for GitDate {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

impl GitDate {
    /// Returns the date of this second since 1970, in UTC.
    pub fn unix(seconds: u64) -> Self {
        Self { text: format!("@{seconds} +0000") }
    }
}

const fn fault(text: &[u8]) -> Option<Fault> {
    first_fault![clean(text, 100), refuse_option(at(text, 0) == b'-', "it begins with `-`", 0)]
}
