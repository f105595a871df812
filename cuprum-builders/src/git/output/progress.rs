//! How far a transfer is, as git prints it on standard error while it runs.

use crate::output::{RawText, number};

/// How far git is with one phase of its work (`--progress` in git-fetch(1)).
///
/// A phase begins again for each remote and each submodule. Where a phase is short git prints nothing of it.
///
/// ```
/// use cuprum_builders::git::{Phase, Progress};
///
/// let line = b"Receiving objects:  42% (107/255), 76.75 KiB | 4.80 MiB/s";
/// let progress = Progress::parse(line).unwrap();
/// assert_eq!((progress.phase, progress.done, progress.total), (Phase::Receiving, 107, Some(255)));
/// assert_eq!(progress.bytes_per_second, Some(5_033_164));
/// assert!(!progress.finished);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What it does.
    pub phase: Phase,
    /// The name of that, as git prints it.
    pub title: RawText,
    /// Whether the other side does it, and has written this line.
    pub remote: bool,
    /// How many are done.
    pub done: u64,
    /// How many there are, if that is known.
    pub total: Option<u64>,
    /// How many bytes were transferred; rounded, as git prints it.
    pub bytes: Option<u64>,
    /// How many of them in a second.
    pub bytes_per_second: Option<u64>,
    /// Whether the phase has ended.
    pub finished: bool,
}

/// A phase of git's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Objects are found that are to be sent.
    Enumerating,
    /// They are counted.
    Counting,
    /// They are compressed.
    Compressing,
    /// They come in.
    Receiving,
    /// They are sent.
    Writing,
    /// Those that came as differences are made whole.
    Resolving,
    /// They are stored one by one.
    Unpacking,
    /// Files of the work tree are written.
    Updating,
    /// Files go through a filter.
    Filtering,
    /// Something else; the title says what.
    Other,
}

const PHASES: &[(&[u8], Phase)] = &[
    (b"Enumerating objects", Phase::Enumerating),
    (b"Counting objects", Phase::Counting),
    (b"Compressing objects", Phase::Compressing),
    (b"Receiving objects", Phase::Receiving),
    (b"Writing objects", Phase::Writing),
    (b"Resolving deltas", Phase::Resolving),
    (b"Unpacking objects", Phase::Unpacking),
    (b"Updating files", Phase::Updating),
    (b"Filtering content", Phase::Filtering),
];

impl Progress {
    /// Reads a line, without its end, which is a carriage return or a line feed; `None` if it is something
    /// else.
    pub fn parse(line: &[u8]) -> Option<Self> {
        let (line, remote) = match line.strip_prefix(b"remote: ") {
            Some(line) => (line, true),
            None => (line, false),
        };
        let colon = line.windows(2).position(|pair| pair == b": ")?;
        let (title, rest) = line.split_at(colon);
        let phase =
            PHASES.iter().find(|(words, _)| *words == title).map_or(Phase::Other, |(_, phase)| *phase);
        let rest = trimmed(rest.get(2..)?);
        let mut parts = rest.splitn(2, |byte| *byte == b',');
        let (done, total) = counts(parts.next()?)?;
        let mut progress = Self {
            phase,
            title: RawText::new(title),
            remote,
            done,
            total,
            bytes: None,
            bytes_per_second: None,
            finished: false,
        };
        for part in parts.next().unwrap_or_default().split(|byte| *byte == b',').map(trimmed) {
            progress.add(part)?;
        }
        // A number behind a word could be in any message.
        let known = total.is_some() || phase != Phase::Other || progress.finished;
        (known && !title.is_empty()).then_some(progress)
    }

    /// Returns how much is done, in hundredths, if it is known how much there is.
    pub fn percent(&self) -> Option<u8> {
        let total = u128::from(self.total.filter(|total| *total > 0)?);
        u8::try_from((u128::from(self.done) * 100 / total).min(100)).ok()
    }

    /// Reads what stands behind the counts: how much, how fast, or how it ended.
    fn add(&mut self, part: &[u8]) -> Option<()> {
        if part.is_empty() {
            return Some(());
        }
        // `done.`, or `completed with 3 local objects.`
        if part.ends_with(b".") {
            self.finished = true;
            return Some(());
        }
        let mut sides = part.splitn(2, |byte| *byte == b'|').map(trimmed);
        self.bytes = Some(amount(sides.next()?)?);
        if let Some(rate) = sides.next() {
            self.bytes_per_second = Some(amount(rate.strip_suffix(b"/s")?)?);
        }
        Some(())
    }
}

/// Reads `42% (107/255)` or `107`.
fn counts(bytes: &[u8]) -> Option<(u64, Option<u64>)> {
    let Some(percent) = bytes.iter().position(|byte| *byte == b'%') else {
        return Some((number(bytes).filter(|_| !bytes.is_empty())?, None));
    };
    let (digits, rest) = bytes.split_at(percent);
    number::<u8>(digits)?;
    let counts = rest.strip_prefix(b"% (")?.strip_suffix(b")")?;
    let mut counts = counts.splitn(2, |byte| *byte == b'/');
    Some((number(counts.next()?)?, Some(number(counts.next()?)?)))
}

/// Reads `76.75 KiB` as bytes.
fn amount(bytes: &[u8]) -> Option<u64> {
    let mut words = bytes.splitn(2, |byte| *byte == b' ');
    let (digits, unit) = (words.next()?, words.next()?);
    let unit = match unit {
        b"byte" | b"bytes" => 1,
        b"KiB" => 1 << 10,
        b"MiB" => 1 << 20,
        b"GiB" => 1 << 30,
        _ => return None,
    };
    let mut parts = digits.splitn(2, |byte| *byte == b'.');
    let whole: u64 = number(parts.next()?)?;
    let hundredths: u64 =
        parts.next().map_or(Some(0), |digits| number(digits).filter(|_| digits.len() == 2))?;
    whole.checked_mul(unit)?.checked_add(hundredths * unit / 100)
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(Phase, bool, u64, Option<u64>, bool)>) {
        let progress = Progress::parse(line.as_bytes());
        let found =
            progress.map(|found| (found.phase, found.remote, found.done, found.total, found.finished));
        assert_eq!(found, expected, "{line:?}");
    }

    #[test]
    fn each_form_of_a_line_is_read() {
        check(
            "remote: Enumerating objects: 255, done.        ",
            Some((Phase::Enumerating, true, 255, None, true)),
        );
        check(
            "remote: Counting objects:   0% (1/255)        ",
            Some((Phase::Counting, true, 1, Some(255), false)),
        );
        check(
            "Resolving deltas: 100% (1/1), completed with 1 local object.",
            Some((Phase::Resolving, false, 1, Some(1), true)),
        );
        check("Checking connectivity: 318, done.", Some((Phase::Other, false, 318, None, true)));
        check("Counting objects: 12", Some((Phase::Counting, false, 12, None, false)));
        check("Checking objects:   0% (0/318)", Some((Phase::Other, false, 0, Some(318), false)));
        let progress =
            Progress::parse(b"Writing objects: 100% (3/3), 1023 bytes | 1.50 GiB/s, done.").unwrap();
        assert_eq!((progress.bytes, progress.bytes_per_second), (Some(1023), Some(1_610_612_736)));
        assert_eq!((progress.percent(), progress.finished), (Some(100), true));
    }

    #[test]
    fn other_lines_are_no_progress() {
        for line in [
            "",
            "done.",
            "remote: Total 3 (delta 0), reused 0 (delta 0), pack-reused 0 (from 0)",
            "remote: error: 12",
            "fatal: 12",
            "From ../big",
            "   83f5070..d9642e0  main       -> origin/main",
            "Counting objects: 1% (1/2",
            "Counting objects: 1% (1/2), fast",
            ": 1% (1/2)",
            "Counting objects: -1",
            "Receiving objects: 1% (1/2), 99999999999999999999 KiB",
            "Receiving objects: 1% (1/2), 17179869184.00 GiB",
        ] {
            check(line, None);
        }
    }

    #[test]
    fn nothing_of_nothing_has_no_share() {
        assert_eq!(Progress::parse(b"Counting objects: 0% (0/0)").unwrap().percent(), None);
    }
}
