//! Points in time, as tar takes them.

use std::ffi::OsString;

use cuprum::ArgValue;
use cuprum::spec::IntoArg;

use crate::args::SafePath;
use crate::output::Time;

/// A point in time, written as seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub Time);

/// A point in time, or the modification time of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// This one.
    At(Date),
    /// When this file was modified last.
    OfFile(SafePath),
}

impl From<Time> for Date {
    fn from(time: Time) -> Self {
        Self(time)
    }
}

impl IntoArg<Date> for Time {
    fn into_arg(self) -> Date {
        Date(self)
    }
}

impl IntoArg<Moment> for Time {
    fn into_arg(self) -> Moment {
        Moment::At(Date(self))
    }
}

impl IntoArg<Moment> for SafePath {
    fn into_arg(self) -> Moment {
        Moment::OfFile(self)
    }
}

impl ArgValue for Date {
    fn to_os(&self) -> OsString {
        let Time { seconds, nanoseconds } = self.0;
        match (seconds, nanoseconds % 1_000_000_000) {
            (seconds, 0) => format!("@{seconds}").into(),
            (0.., nanos) => format!("@{seconds}.{nanos:09}").into(),
            // Half a second before -1 is -1 and half a second after it: tar counts from zero.
            (-1, nanos) => format!("@-0.{:09}", 1_000_000_000 - nanos).into(),
            (seconds, nanos) => format!("@{}.{:09}", seconds.saturating_add(1), 1_000_000_000 - nanos).into(),
        }
    }
}

/// A file is a path that begins with `/` or `.`, by which tar tells it from a date.
impl ArgValue for Moment {
    fn to_os(&self) -> OsString {
        match self {
            Self::At(date) => date.to_os(),
            Self::OfFile(path) => path.to_os(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_seconds_and_a_fraction() {
        let word = |seconds, nanoseconds| Date(Time { seconds, nanoseconds }).to_os();
        assert_eq!(word(1_700_000_000, 0), "@1700000000");
        assert_eq!(word(0, 125_000_000), "@0.125000000");
        assert_eq!(word(-1, 0), "@-1");
        assert_eq!(word(-1, 500_000_000), "@-0.500000000");
        assert_eq!(word(-2, 250_000_000), "@-1.750000000");
    }
}
