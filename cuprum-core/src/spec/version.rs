//! Versions of programs, and what commands require of them.

use std::cmp::Ordering;
use std::fmt;

/// A version: numbers, most significant first. Numbers that are missing at the end are zero.
#[derive(Clone, Debug, Eq)]
pub(crate) struct Version(Vec<u64>);

impl Version {
    /// Reads a version that is numbers and dots; what the derives have checked always is one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        text.split('.').map(|number| number.parse().ok()).collect::<Option<_>>().map(Self)
    }

    /// Finds the first dotted number in what a program printed: `2.47.3` in `git version 2.47.3.rc1`.
    pub(crate) fn find(output: &str) -> Option<Self> {
        let is_part = |character: char| character.is_ascii_digit() || character == '.';
        let dotted = output.split(|character: char| !is_part(character)).find_map(|candidate| {
            let candidate = candidate.trim_matches('.');
            let dotted = candidate.contains('.') && !candidate.contains("..");
            dotted.then(|| Self::parse(candidate)).flatten()
        });
        // Some programs have one number only: `less 590`.
        dotted.or_else(|| {
            let mut numbers = output.split(|character: char| !character.is_ascii_digit());
            numbers.find(|number| !number.is_empty()).and_then(Self::parse)
        })
    }

    /// Returns whether the version meets comparisons joined by commas: `>=2.30, <3`.
    ///
    /// A comparison that cannot be read is not met.
    pub(crate) fn meets(&self, requirement: &str) -> bool {
        requirement.split(',').all(|comparison| {
            let comparison = comparison.trim();
            let number = comparison.trim_start_matches(['<', '>', '=']);
            let operator = comparison.strip_suffix(number).unwrap_or_default();
            let Some(bound) = Self::parse(number.trim()) else { return false };
            match (operator, self.cmp(&bound)) {
                (">=", order) => order.is_ge(),
                (">", order) => order.is_gt(),
                ("<=", order) => order.is_le(),
                ("<", order) => order.is_lt(),
                ("=", order) => order.is_eq(),
                _ => false,
            }
        })
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let length = self.0.len().max(other.0.len());
        let padded = |version: &Self| {
            let numbers = version.0.iter().copied().chain(std::iter::repeat(0));
            numbers.take(length).collect::<Vec<_>>()
        };
        padded(self).cmp(&padded(other))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, number) in self.0.iter().enumerate() {
            let dot = if place == 0 { "" } else { "." };
            write!(f, "{dot}{number}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(output: &str, expected: Option<&str>) {
        assert_eq!(Version::find(output).map(|version| version.to_string()).as_deref(), expected);
    }

    #[test]
    fn the_first_dotted_number_of_the_output_is_the_version() {
        finds("git version 2.47.3", Some("2.47.3"));
        finds("git version 2.39.5 (Apple Git-154)", Some("2.39.5"));
        finds("git version 2.48.0.rc1", Some("2.48.0"));
        finds("tar (GNU tar) 1.34\nCopyright (C) 2021", Some("1.34"));
        finds("rsync  version 3.5.0  protocol version 32", Some("3.5.0"));
        finds("tool v1.2, see a.b.c ...", Some("1.2"));
        finds("less 590 (GNU regular expressions)", Some("590"));
        finds("no number", None);
    }

    #[test]
    fn a_version_meets_a_requirement_if_it_meets_every_comparison() {
        let version = Version::parse("2.30").unwrap();
        for met in [">=2.30", ">=2.30.0, <3", "=2.30.0", ">2.9", "<=2.30"] {
            assert!(version.meets(met), "{met}");
        }
        for unmet in [">2.30", "<2.30", ">=2.30.1", ">=2, <2.30", "=2", "~2", ""] {
            assert!(!version.meets(unmet), "{unmet}");
        }
    }
}
