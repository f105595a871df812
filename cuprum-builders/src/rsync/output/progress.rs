//! How far a transfer is, as `--info=progress2` prints it.

use std::time::Duration;

use crate::output::number;

/// How far the whole transfer is.
///
/// ```
/// use cuprum_builders::rsync::Progress;
///
/// let line = b"        409600  56%  671.58kB/s    0:00:01 (xfr#1, to-chk=27/29)";
/// let progress = Progress::parse(line).unwrap();
/// assert_eq!((progress.bytes, progress.percent), (409_600, 56));
/// assert_eq!(progress.left_to_check, Some((27, 29)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The bytes that were transferred.
    pub bytes: u64,
    /// The share of all that is known of; it can fall while files are still being found.
    pub percent: u8,
    /// Bytes a second; rsync counts kB and so on in steps of 1024.
    pub rate: u64,
    /// How long it will take, and in the last line how long it took.
    pub time: Duration,
    /// How many files were transferred, if the line says so.
    pub files: Option<u64>,
    /// How many files are still to be looked at, of how many, if the line says so.
    pub left_to_check: Option<(u64, u64)>,
}

impl Progress {
    /// Reads a line, which ends before a carriage return; `None` if it is something else.
    ///
    /// Numbers may have a comma after every third digit, but no unit.
    pub fn parse(line: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(line).ok()?;
        let mut words = text.split_ascii_whitespace();
        let bytes = number(words.next()?.replace(',', "").as_bytes())?;
        let percent = number(words.next()?.strip_suffix('%')?.as_bytes())?;
        let rate = rate(words.next()?)?;
        let time = time(words.next()?)?;
        let mut progress = Self { bytes, percent, rate, time, files: None, left_to_check: None };
        for word in words {
            let word = word.trim_matches(['(', ')', ',']);
            if let Some(files) = word.strip_prefix("xfr#") {
                progress.files = number(files.as_bytes());
            } else if let Some(left) = word.strip_prefix("to-chk=").or_else(|| word.strip_prefix("ir-chk=")) {
                let (left, all) = left.split_once('/')?;
                progress.left_to_check = number(left.as_bytes()).zip(number(all.as_bytes()));
            } else {
                return None;
            }
        }
        Some(progress)
    }
}

/// Reads `671.58kB/s` as bytes.
fn rate(word: &str) -> Option<u64> {
    let word = word.strip_suffix("B/s")?;
    let units = [('k', 1u64 << 10), ('M', 1 << 20), ('G', 1 << 30), ('T', 1 << 40)];
    let (digits, unit) =
        match units.iter().find_map(|(letter, unit)| Some((word.strip_suffix(*letter)?, *unit))) {
            Some(found) => found,
            None => (word, 1),
        };
    let (whole, hundredths) = digits.split_once('.').unwrap_or((digits, "0"));
    let whole: u64 = number(whole.as_bytes())?;
    let fraction: u64 = number(hundredths.as_bytes()).filter(|_| hundredths.len() <= 2)?;
    let fraction = fraction.checked_mul(unit)? / 10u64.pow(u32::try_from(hundredths.len()).ok()?);
    whole.checked_mul(unit)?.checked_add(fraction)
}

/// Reads `1:02:03`; when nothing is known rsync prints `??:??:??`, which is no time.
fn time(word: &str) -> Option<Duration> {
    let mut parts = word.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if hours == "??" {
        return Some(Duration::MAX);
    }
    let part = |text: &str| number::<u64>(text.as_bytes());
    let seconds = part(hours)?
        .checked_mul(3600)?
        .checked_add(part(minutes)?.checked_mul(60)?)?
        .checked_add(part(seconds)?)?;
    Some(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_progress_are_read() {
        let progress = Progress::parse(b"     1,024   4%    1.50MB/s    1:00:02  ").unwrap();
        assert_eq!((progress.bytes, progress.percent, progress.rate), (1024, 4, 1_572_864));
        assert_eq!((progress.time.as_secs(), progress.files, progress.left_to_check), (3602, None, None));
        assert_eq!(Progress::parse(b"0 0% 0.00kB/s ??:??:??").unwrap().time, Duration::MAX);
        for line in
            ["", "a b", "1 2 3", "1 2% 3 4", "700.00K  99%  605.01kB/s    0:00:01", "1 1% 1.00kB/s 0:00:00 x"]
        {
            assert_eq!(Progress::parse(line.as_bytes()), None, "{line}");
        }
    }
}
