//! `cargo xtask test`: sets up, runs all tests of the default members, and counts them.

use std::fmt;
use std::ops::AddAssign;

use crate::tools::Tool;
use crate::{Failure, setup};

pub(crate) fn run(filters: &[String]) -> Result<(), Failure> {
    setup::quietly()?;
    let mut counts = Counts::default();
    let success = cargo_test(filters).lines(|line| {
        println!("{line}");
        counts += Counts::in_line(line);
    })?;
    println!("\n{counts}");
    verdict(success, &counts)
}

/// Returns the run of all tests, or of those whose name has one of the filters in it.
///
/// All test programs run even if an early one fails, so that the counts are those of everything.
pub(crate) fn cargo_test(filters: &[String]) -> Tool {
    Tool::cargo().args(["test", "--no-fail-fast", "--"]).args(filters)
}

/// Tells whether the tests are green, and why not.
pub(crate) fn verdict(success: bool, counts: &Counts) -> Result<(), Failure> {
    match (success, counts.failed) {
        (true, 0) => Ok(()),
        (true, _) => Err(Failure::Failed("tests failed, although cargo ended well".to_owned())),
        (false, 0) => Err(Failure::Failed("a test did not compile, or ended without a result".to_owned())),
        (false, _) => Err(Failure::Failed("tests failed".to_owned())),
    }
}

/// The results of test programs, summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    passed: u64,
    failed: u64,
    ignored: u64,
}

impl Counts {
    /// Sums the result lines of a whole output.
    pub(crate) fn of(output: &str) -> Self {
        let mut sum = Self::default();
        output.lines().for_each(|line| sum += Self::in_line(line));
        sum
    }

    /// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; …`; any other line counts nothing.
    fn in_line(line: &str) -> Self {
        let mut counts = Self::default();
        let plain = without_colours(line);
        let Some(results) = plain.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return counts;
        };
        for part in results.1.split(';') {
            match part.trim().split_once(' ') {
                Some((count, "passed")) => counts.passed = count.parse().unwrap_or(0),
                Some((count, "failed")) => counts.failed = count.parse().unwrap_or(0),
                Some((count, "ignored")) => counts.ignored = count.parse().unwrap_or(0),
                _ => {}
            }
        }
        counts
    }
}

/// Takes out the escape sequences that set colours.
fn without_colours(line: &str) -> String {
    let mut parts = line.split("\x1b[");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} ignored", self.passed, self.failed, self.ignored)
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, verdict};

    #[track_caller]
    fn check(output: &str, passed: u64, failed: u64, ignored: u64) {
        assert_eq!(Counts::of(output), Counts { passed, failed, ignored }, "{output}");
    }

    #[test]
    fn results_of_all_programs_are_summed() {
        let output = "\
running 2 tests
test a ... ok
test b ... FAILED

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

   Doc-tests cuprum
test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 7 filtered out; finished in 1.20s
all doctests ran in 0.53s; merged doctests compilation took 0.35s
";
        check(output, 13, 1, 3);
    }

    #[test]
    fn colours_do_not_matter() {
        check("test result: \x1b[32mok\x1b(B\x1b[m. 4 passed; 0 failed; 0 ignored; 0 measured", 4, 0, 0);
    }

    #[test]
    fn other_lines_count_nothing() {
        check("3 passed; 1 failed\ntest tests/ui/a.rs ... ok\n    test result: ok. 9 passed", 0, 0, 0);
    }

    #[test]
    fn the_sum_is_one_line() {
        assert_eq!(Counts { passed: 5, failed: 0, ignored: 2 }.to_string(), "5 passed, 0 failed, 2 ignored");
    }

    #[test]
    fn green_needs_a_good_end_and_no_failure() {
        let green = Counts { passed: 1, failed: 0, ignored: 0 };
        assert!(verdict(true, &green).is_ok());
        assert!(verdict(false, &green).is_err());
        assert!(verdict(true, &Counts { failed: 1, ..green }).is_err());
        assert!(verdict(false, &Counts { failed: 1, ..green }).is_err());
    }
}
