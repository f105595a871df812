//! Why git failed, read from its exit code and from what it printed.
//!
//! Git has no machine-readable errors. Its messages are stable in the C locale, which a command that
//! is read this way must set (`LC_ALL=C`). The table holds the words to look for.

mod find;
mod kind;
mod rejected;
mod table;

use std::fmt;

use cuprum::Outcome;

use self::find::subject;
pub use self::kind::FailureKind;
use self::rejected::Rejected;
use self::table::{STDERR, STDOUT};
use crate::output::{RawPath, RawText, classify};

/// A failure of git: its kind, and the line that says so.
///
/// ```
/// use cuprum_builders::git::{Failure, FailureKind};
///
/// let failure = Failure::classify(Some(128), b"", b"fatal: not a git repository\n");
/// assert_eq!(failure.kind(), FailureKind::NotARepository);
/// assert_eq!(failure.to_string(), "fatal: not a git repository");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    kind: FailureKind,
    line: RawText,
    subject: Option<RawText>,
    files: Vec<RawPath>,
}

impl Failure {
    /// Reads the failure of a run; `None` if git exited with 0.
    pub fn read(outcome: &Outcome) -> Option<Self> {
        let (stdout, stderr) = (outcome.stdout().bytes(), outcome.stderr().bytes());
        (!outcome.status().success()).then(|| Self::classify(outcome.status().code(), stdout, stderr))
    }

    /// Reads a failure from the exit code (`None` after a signal) and from what git printed.
    ///
    /// Lines that the other side of a connection or a list of files could have written are not looked
    /// at.
    pub fn classify(code: Option<i32>, stdout: &[u8], stderr: &[u8]) -> Self {
        let found = classify(STDERR, code, own_lines(stderr));
        let found = found.or_else(|| classify(STDOUT, code, own_lines(stdout)));
        let rejected = || Rejected::find(code, stdout).filter(|_| complaint(stderr).is_none());
        if let (None, Some((rejected, line))) = (&found, rejected()) {
            let (kind, subject) = (rejected.kind(), Some(rejected.name().clone()));
            return Self { kind, line: RawText::new(line), subject, files: Vec::new() };
        }
        let (kind, line, subject) = match found {
            Some(((kind, words), line)) => (kind, line, subject(line, words)),
            None => (FailureKind::Other, decisive_line(stderr), None),
        };
        let files = files(kind, stdout, stderr);
        Self { kind, line: RawText::new(line), subject: subject.map(RawText::new), files }
    }

    /// Returns the kind.
    pub fn kind(&self) -> FailureKind {
        self.kind
    }

    /// Returns the line of git's output that says why; empty if git printed nothing.
    pub fn line(&self) -> &RawText {
        &self.line
    }

    /// Returns what the line is about, if it names it: the path, the ref, the address.
    pub fn subject(&self) -> Option<&RawText> {
        self.subject.as_ref()
    }

    /// Returns the files that would be overwritten, have a conflict, or do not fit a patch, as far as git names them.
    ///
    /// They come from messages for people, a file a line; [`status`](crate::git::status()) knows better.
    pub fn files(&self) -> &[RawPath] {
        &self.files
    }
}

/// Tells why git failed, from the error of a run.
pub trait GitFailure {
    /// Returns why git failed; `None` if it is no failure of git: it did not run, or was stopped.
    fn git(&self) -> Option<Failure>;
}

impl GitFailure for cuprum::Error {
    fn git(&self) -> Option<Failure> {
        let outcome =
            self.outcome().filter(|outcome| self.program() == "git" && outcome.stopped().is_none())?;
        Failure::read(outcome)
    }
}

/// The line that says why, or the same in words where git says it to programs only.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Rejected::read(self.line.as_bytes()) {
            Some(rejected) => rejected.fmt(f),
            None => self.line.fmt(f),
        }
    }
}

/// Says why git failed, where its own words are not for people.
pub(super) fn explain(outcome: &Outcome) -> Option<String> {
    Rejected::read(Failure::read(outcome)?.line.as_bytes()).map(|rejected| rejected.to_string())
}

/// Returns the last `fatal:` line, else the last `error:` line, else the last line; empty if there is
/// none.
fn decisive_line(stderr: &[u8]) -> &[u8] {
    complaint(stderr).or_else(|| own_lines(stderr).last()).unwrap_or_default()
}

fn complaint(stderr: &[u8]) -> Option<&[u8]> {
    let last = |label: &[u8]| own_lines(stderr).filter(|line| line.starts_with(label)).last();
    last(b"fatal:").or_else(|| last(b"error:"))
}

/// The lines that are git's own words: not those of the other side, of hints, or of a list of files.
/// Progress ends with a carriage return, so it is a line, too.
fn own_lines(output: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    let lines = output.split(|byte| matches!(byte, b'\n' | b'\r'));
    lines.filter(|line| {
        let foreign: [&[u8]; 3] = [b"remote: ", b"hint:", b"\t"];
        !line.is_empty() && !foreign.iter().any(|label| line.starts_with(label))
    })
}

/// Returns the files that lines of this kind name.
fn files(kind: FailureKind, stdout: &[u8], stderr: &[u8]) -> Vec<RawPath> {
    let named = |line: &[u8]| match kind {
        FailureKind::LocalChangesOverwritten | FailureKind::UntrackedOverwritten => {
            line.strip_prefix(b"\t").map(RawPath::new)
        }
        FailureKind::Conflict => {
            let words: &[u8] = b"Merge conflict in ";
            let at = line.windows(words.len()).position(|window| window == words)?;
            line.starts_with(b"CONFLICT (").then(|| RawPath::new(line.split_at(at + words.len()).1))
        }
        FailureKind::PatchDoesNotFit => {
            line.strip_prefix(b"error: ")?.strip_suffix(b": patch does not apply").map(RawPath::new)
        }
        _ => None,
    };
    let lines = stderr.split(|byte| *byte == b'\n').chain(stdout.split(|byte| *byte == b'\n'));
    lines.filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: i32, stderr: &str, expected: (FailureKind, &str)) {
        let failure = Failure::classify(Some(code), b"", stderr.as_bytes());
        assert_eq!((failure.kind(), failure.to_string().as_str()), expected);
    }

    #[test]
    fn the_precise_line_wins_over_the_last_one() {
        check(
            128,
            "fatal: 'x' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\n\
             Please make sure you have the correct access rights\nand the repository exists.\n",
            (FailureKind::RemoteNotFound, "fatal: 'x' does not appear to be a git repository"),
        );
    }

    #[test]
    fn the_other_side_cannot_choose_the_kind() {
        check(
            128,
            "remote: fatal: not a git repository\nfatal: protocol error: bad line length\n",
            (FailureKind::Other, "fatal: protocol error: bad line length"),
        );
        check(1, "error: nope\n\tpathspec 'a' did not match any file\n", (FailureKind::Other, "error: nope"));
    }

    #[test]
    fn without_a_fatal_line_the_last_error_is_shown() {
        check(1, "error: one\nerror: two\nhint: x\nDone\n", (FailureKind::Other, "error: two"));
        check(1, "one\ntwo\n", (FailureKind::Other, "two"));
        check(1, "", (FailureKind::Other, ""));
    }

    #[test]
    fn a_run_that_succeeded_has_no_failure() {
        use cuprum::ExitStatus;
        use cuprum::outcome::Captured;
        let outcome = |status| Outcome::new(status, Captured::default(), Captured::whole("fatal: x"));
        assert_eq!(Failure::read(&outcome(ExitStatus::Code(0))), None);
        assert_eq!(Failure::read(&outcome(ExitStatus::Signal(9))).unwrap().kind(), FailureKind::Other);
    }
}
