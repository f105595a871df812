//! Lengths of time, as people write them.

use std::ffi::OsString;
use std::time::Duration;

use super::ArgErrorKind;
use super::fault::{Fault, all_digits, at, clean, find, first_fault, part, refuse};
use super::text::checked_text;

/// A limit of time from a millisecond to 30 days: `30`, `1.5s`, `250ms`, `2h`.
///
/// It is a decimal number with a unit: `ms`, `s`, `m` (minutes), `h` or `d`; without one it counts
/// seconds. There is no sign, no exponent, no space, no leading zero, at most nine digits after the
/// point and at most 15 in all. What is finer than a nanosecond is cut off.
///
/// ```
/// use std::time::Duration;
///
/// use cuprum_builders::args::Timeout;
///
/// assert_eq!(Timeout::new("1.5m")?.duration(), Duration::from_secs(90));
/// assert!(Timeout::new("0").is_err());
/// # Ok::<(), cuprum_builders::args::ArgError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timeout {
    nanos: u64,
    text: String,
}

checked_text!(Timeout, "a length of time", fault, |text| {
    Self { nanos: nanos(text.as_bytes()) as u64, text: text.to_owned() }
});

impl Timeout {
    /// Returns the length.
    pub fn duration(&self) -> Duration {
        Duration::from_nanos(self.nanos)
    }
}

impl From<Timeout> for Duration {
    fn from(timeout: Timeout) -> Self {
        timeout.duration()
    }
}

/// The length in seconds, with a decimal point where it is no whole number of them.
impl cuprum::ArgValue for Timeout {
    fn to_os(&self) -> OsString {
        let (seconds, rest) = (self.nanos / 1_000_000_000, self.nanos % 1_000_000_000);
        if rest == 0 {
            return seconds.to_string().into();
        }
        format!("{seconds}.{rest:09}").trim_end_matches('0').into()
    }
}

const MILLISECOND: u128 = 1_000_000;
const DAY: u128 = 86_400_000 * MILLISECOND;

const fn fault(text: &[u8]) -> Option<Fault> {
    let end = number_end(text);
    let point = find(part(text, 0, end), 0, b'.');
    let (whole, fraction) = (part(text, 0, point), part(text, point + 1, end));
    first_fault![
        clean(text, 18),
        refuse(!all_digits(whole), "it does not begin with a digit", 0),
        refuse(whole.len() > 1 && at(text, 0) == b'0', "a leading zero", 0),
        refuse(point < end && !all_digits(fraction), "no digits follow the point", point + 1),
        refuse(fraction.len() > 9, "more than nine digits follow the point", point + 10),
        refuse(whole.len() + fraction.len() > 15, "more than 15 digits", 15),
        refuse(unit(part(text, end, text.len())) == 0, "the unit is none of `ms`, `s`, `m`, `h`, `d`", end),
        range(nanos(text)),
    ]
}

const fn range(nanos: u128) -> Option<Fault> {
    let rule = match nanos {
        ..MILLISECOND => "it is shorter than a millisecond",
        _ if nanos > 30 * DAY => "it is longer than 30 days",
        _ => return None,
    };
    Some(Fault::new(ArgErrorKind::Refused, rule, 0))
}

/// Returns where the digits and points at the beginning end.
const fn number_end(text: &[u8]) -> usize {
    let mut i = 0;
    while at(text, i).is_ascii_digit() || at(text, i) == b'.' {
        i += 1;
    }
    i
}

/// Returns how many nanoseconds a unit has, or 0 if it is none.
const fn unit(text: &[u8]) -> u128 {
    match text {
        b"ms" => MILLISECOND,
        b"" | b"s" => 1000 * MILLISECOND,
        b"m" => 60_000 * MILLISECOND,
        b"h" => 3_600_000 * MILLISECOND,
        b"d" => DAY,
        _ => 0,
    }
}

/// Returns the length in nanoseconds of a text whose form has been checked.
const fn nanos(text: &[u8]) -> u128 {
    let end = number_end(text);
    let mut number = 0;
    let mut divisor = 1;
    let mut after_point = false;
    let mut i = 0;
    while i < end {
        if at(text, i) == b'.' {
            after_point = true;
        } else {
            number = number * 10 + (at(text, i) - b'0') as u128;
            divisor *= if after_point { 10 } else { 1 };
        }
        i += 1;
    }
    number * unit(part(text, end, text.len())) / divisor
}

#[cfg(test)]
mod tests {
    use cuprum::ArgValue as _;

    use super::*;

    #[track_caller]
    fn check(text: &str, nanos: u64, word: &str) {
        let timeout = Timeout::new(text).unwrap();
        assert_eq!(timeout.duration(), Duration::from_nanos(nanos));
        assert_eq!(timeout.to_os(), word);
    }

    #[test]
    fn lengths_are_read_exactly() {
        check("1", 1_000_000_000, "1");
        check("1ms", 1_000_000, "0.001");
        check("0.001", 1_000_000, "0.001");
        check("1.000000001s", 1_000_000_001, "1.000000001");
        check("0.1m", 6_000_000_000, "6");
        check("0.0001d", 8_640_000_000, "8.64");
        check("1.0000001ms", 1_000_000, "0.001");
        check("30d", 2_592_000_000_000_000, "2592000");
        check("2592000", 2_592_000_000_000_000, "2592000");
        check("720h", 2_592_000_000_000_000, "2592000");
    }
}
