//! Times: dates of the Gregorian calendar in UTC, as seconds since 1970.

use super::number;

/// A time in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time {
    /// Seconds since 1970.
    pub seconds: i64,
    /// Nanoseconds after that.
    pub nanoseconds: u32,
}

/// Reads `2023-11-14` as the days since 1970; the year may have a `-` before it. There may be another
/// byte between the numbers.
pub(crate) fn days(date: &[u8], separator: u8) -> Option<i64> {
    let (sign, date) = date.strip_prefix(b"-").map_or((1, date), |date| (-1, date));
    let mut parts = date.split(|byte| *byte == separator);
    let year = number::<i64>(parts.next()?).filter(|year| *year < 1_000_000_000_000)?;
    let month = number(parts.next()?).filter(|month| (1..=12).contains(month))?;
    let day = number(parts.next()?).filter(|day| (1..=31).contains(day))?;
    parts.next().is_none().then(|| days_from_civil(sign * year, month, day))
}

/// Reads `22:13:20` as seconds and `22:13:20.5` as seconds and nanoseconds.
pub(crate) fn time_of_day(time: &[u8]) -> Option<(i64, u32)> {
    let mut parts = time.split(|byte| *byte == b':');
    let hours: i64 = number(parts.next()?).filter(|hours| *hours < 24)?;
    let minutes: i64 = number(parts.next()?).filter(|minutes| *minutes < 60)?;
    let mut seconds = parts.next()?.splitn(2, |byte| *byte == b'.');
    let whole: i64 = number(seconds.next()?).filter(|seconds| *seconds <= 60)?;
    let nanos = seconds.next().map_or(Some(0), fraction)?;
    parts.next().is_none().then_some((hours * 3600 + minutes * 60 + whole, nanos))
}

/// Reads the digits after a decimal point as billionths.
pub(crate) fn fraction(digits: &[u8]) -> Option<u32> {
    let nanos: u32 = number(digits).filter(|_| digits.len() <= 9)?;
    let missing = u32::try_from(9_usize.checked_sub(digits.len())?).ok()?;
    Some(nanos * 10_u32.pow(missing))
}

/// Counts days from 1970-01-01 in the proleptic Gregorian calendar. Years are counted from March in
/// eras of 400, which makes the leap day the last day of a year.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years_and_centuries() {
        for (date, expected) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("1900-03-01", -25_508),
            ("2023-11-14", 19_675),
            ("0000-03-01", -719_468),
            ("-0001-12-31", -719_529),
            ("9999-12-31", 2_932_896),
        ] {
            assert_eq!(days(date.as_bytes(), b'-'), Some(expected), "{date}");
        }
        for date in
            ["", "-", "1970", "1970-1", "1970-13-01", "1970-00-01", "1970-01-32", "1970-01-01-01", "+1-1-1"]
        {
            assert_eq!(days(date.as_bytes(), b'-'), None, "{date}");
        }
    }

    #[test]
    fn a_time_of_day_may_have_a_fraction() {
        assert_eq!(time_of_day(b"22:13:20"), Some((80_000, 0)));
        assert_eq!(time_of_day(b"00:00:01.5"), Some((1, 500_000_000)));
        assert_eq!(time_of_day(b"23:59:60.000000001"), Some((86_400, 1)));
        for time in ["", "1", "1:2", "24:00:00", "0:60:0", "0:0:61", "0:0:0.", "0:0:0.0123456789", "0:0:0:0"]
        {
            assert_eq!(time_of_day(time.as_bytes()), None, "{time}");
        }
    }
}
