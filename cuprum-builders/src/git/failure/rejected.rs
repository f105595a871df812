//! Refs that a fetch did not update: git says so to programs only, and not why.

use std::fmt;

use super::FailureKind;
use crate::git::{Fetched, FetchedRef};
use crate::output::RawText;

/// A ref that was not updated.
pub(super) struct Rejected(FetchedRef);

impl Rejected {
    /// Finds the first one in what `git fetch --porcelain` printed, and its line.
    pub(super) fn find(code: Option<i32>, stdout: &[u8]) -> Option<(Self, &[u8])> {
        let mut lines = stdout.split(|byte| *byte == b'\n').filter(|_| code == Some(1));
        lines.find_map(|line| Some((Self::read(line)?, line)))
    }

    /// Reads such a line, without its end.
    pub(super) fn read(line: &[u8]) -> Option<Self> {
        let line = Some(line).filter(|line| line.starts_with(b"! "))?;
        Fetched::parse(&[line, b"\n"].concat()).ok()?.refs.pop().map(Self)
    }

    pub(super) fn kind(&self) -> FailureKind {
        match (self.0.old, self.is_tag()) {
            (None, _) => FailureKind::Other,
            (Some(_), true) => FailureKind::TagChanged,
            (Some(_), false) => FailureKind::NonFastForward,
        }
    }

    pub(super) fn name(&self) -> &RawText {
        &self.0.name
    }

    fn is_tag(&self) -> bool {
        self.0.name.as_bytes().starts_with(b"refs/tags/")
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was not updated", self.name())?;
        match self.kind() {
            FailureKind::TagChanged => f.write_str(": the other side has another tag of that name"),
            FailureKind::NonFastForward => f.write_str(": what the other side has does not follow it"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Failure, FailureKind};

    const OLD: &str = "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1";

    #[track_caller]
    fn check(stdout: &str, expected: (FailureKind, &str)) {
        let failure = Failure::classify(Some(1), stdout.as_bytes(), b"");
        assert_eq!((failure.kind(), failure.to_string().as_str()), expected);
    }

    #[test]
    fn what_is_said_to_programs_is_said_to_people_in_words() {
        use FailureKind::{NonFastForward, Other, TagChanged};
        let line = |flag: &str, old: &str, name: &str| format!("{flag} {old} {OLD} {name}\n");
        let (fine, new) = (line("*", &"0".repeat(40), "refs/heads/a"), "0".repeat(40));
        let branch = line("!", OLD, "refs/heads/x");
        let text = "refs/heads/x was not updated: what the other side has does not follow it";
        check(&format!("{fine}{branch}"), (NonFastForward, text));
        let text = "refs/tags/v1 was not updated: the other side has another tag of that name";
        check(&line("!", OLD, "refs/tags/v1"), (TagChanged, text));
        check(&line("!", &new, "refs/heads/x/y"), (Other, "refs/heads/x/y was not updated"));
        for other in ["! x y\n", "! ", "!\trefs/heads/a:refs/heads/b\t[rejected] (x)\nDone\n"] {
            check(other, (Other, ""));
        }
        // Progress says nothing. Where git has words of its own, they say more.
        let progress = b"remote: Total 3\nReceiving objects: 100% (2/2), done.\n";
        assert_eq!(Failure::classify(Some(1), branch.as_bytes(), progress).kind(), NonFastForward);
        let locked = b"error: cannot lock ref 'refs/heads/x': Unable to create '/r/x.lock': File exists.\n";
        assert_eq!(Failure::classify(Some(1), branch.as_bytes(), locked).kind(), FailureKind::Locked);
    }
}
