//! What a search by halving has come to.

use cuprum::spec::OutputError;

use super::ObjectId;
use super::read::{line, whole};
use crate::output::{Cursor, RawText, number};

/// What a search by halving has come to (git-bisect(1)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bisected {
    /// Both ends must be named before anything can be tested.
    Waiting,
    /// This commit comes next, and is checked out.
    Testing {
        /// The commit.
        commit: ObjectId,
        /// Its first line.
        subject: RawText,
        /// How many more may have to be tested after this one; unknown of a merge base, which is tested before
        /// there is anything to halve.
        left: Option<u64>,
    },
    /// This is the first commit with the change.
    Found(ObjectId),
    /// It is one of these, and all that could tell were skipped.
    Skipped(Vec<ObjectId>),
}

whole!(Bisected);

impl Bisected {
    /// Reads what git printed, in the C locale.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] if the last line has no end.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut state = Self::Waiting;
        let mut left = None;
        let mut candidates = None;
        let mut cursor = Cursor::new(output);
        while !cursor.is_at_end() {
            let line = line(&mut cursor)?.rest();
            // What is found is shown behind this, as `git show` does.
            if let Some(found) = found(line) {
                return Ok(Self::Found(found));
            } else if let Some((commit, subject)) = next(line) {
                state = Self::Testing { commit, subject: RawText::new(subject), left: left.take() };
            } else if let Some(text) = line.strip_prefix(b"Bisecting: ") {
                left = text.split(|byte| *byte == b' ').next().and_then(number);
            } else if line.starts_with(b"The first ") {
                candidates = Some(Vec::new());
            } else if let (Some(candidates), Some(id)) = (&mut candidates, ObjectId::from_hex(line)) {
                candidates.push(id);
            }
        }
        Ok(candidates.map_or(state, Self::Skipped))
    }
}

/// Reads `ID is the first TERM commit`.
fn found(line: &[u8]) -> Option<ObjectId> {
    let (id, text) = line.split_at_checked(line.iter().position(|byte| *byte == b' ')?)?;
    let is_first = text.starts_with(b" is the first ") && text.ends_with(b" commit");
    ObjectId::from_hex(id).filter(|_| is_first)
}

/// Reads `[ID] SUBJECT`.
fn next(line: &[u8]) -> Option<(ObjectId, &[u8])> {
    let line = line.strip_prefix(b"[")?;
    let (id, rest) = line.split_at_checked(line.iter().position(|byte| *byte == b']')?)?;
    Some((ObjectId::from_hex(id)?, rest.strip_prefix(b"] ").unwrap_or_default()))
}

/// What was said in a search by halving (git-bisect(1)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BisectLog {
    /// The log as it is, for a file that [`bisect_replay`](crate::git::bisect_replay) takes.
    pub text: RawText,
    /// What was said of commits, in this order.
    pub marks: Vec<BisectMark>,
    /// The first commit with the change, when it was found.
    pub found: Option<ObjectId>,
    /// Those that it could be, when all that could tell were skipped.
    pub possible: Vec<ObjectId>,
}

/// What was said of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BisectMark {
    /// The term, or `skip`.
    pub term: RawText,
    /// The commit.
    pub commit: ObjectId,
    /// Its first line.
    pub subject: RawText,
}

whole!(BisectLog);

impl BisectLog {
    /// Reads all that `git bisect log` printed.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] if the last line has no end.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut log =
            Self { text: RawText::new(output), marks: Vec::new(), found: None, possible: Vec::new() };
        let mut cursor = Cursor::new(output);
        while !cursor.is_at_end() {
            let line = line(&mut cursor)?.rest();
            // `# TERM: [ID] SUBJECT`; whatever else there is, is for git.
            let Some((what, rest)) = line.strip_prefix(b"# ").and_then(before_colon) else { continue };
            let Some((commit, subject)) = next(rest) else { continue };
            let is_about_first = |text: &[u8]| text.ends_with(b" commit");
            match what {
                _ if what.starts_with(b"first ") && is_about_first(what) => log.found = Some(commit),
                _ if what.starts_with(b"possible first ") && is_about_first(what) => {
                    log.possible.push(commit)
                }
                term => log.marks.push(BisectMark {
                    term: RawText::new(term),
                    commit,
                    subject: RawText::new(subject),
                }),
            }
        }
        Ok(log)
    }
}

/// Splits at the first `: `.
fn before_colon(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let (before, after) = line.split_at_checked(line.iter().position(|byte| *byte == b':')?)?;
    Some((before, after.strip_prefix(b": ")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1";
    const OTHER: &str = "ca1e94f9b4d0a0d2c1f3e2b7a6958473625140ff";

    fn id(text: &str) -> ObjectId {
        ObjectId::from_hex(text.as_bytes()).unwrap()
    }

    #[track_caller]
    fn check(output: &str, expected: Bisected) {
        assert_eq!(Bisected::parse(output.as_bytes()).unwrap(), expected, "{output}");
    }

    #[test]
    fn every_state_is_told() {
        check("", Bisected::Waiting);
        check("status: waiting for good commit(s), bad commit known\n", Bisected::Waiting);
        let testing = |left| Bisected::Testing { commit: id(ID), subject: RawText::new("a] b"), left };
        check(
            &format!("Bisecting: 3 revisions left to test after this (roughly 2 steps)\n[{ID}] a] b\n"),
            testing(Some(3)),
        );
        check(&format!("Bisecting: a merge base must be tested\n[{ID}] a] b\n"), testing(None));
        let found = format!("{ID} is the first broken commit\ncommit {ID}\nAuthor: x\n\n    [{OTHER}] x\n");
        check(&found, Bisected::Found(id(ID)));
        let skipped = format!(
            "There are only 'skip'ped commits left to test.\nThe first bad commit could be any of:\n{ID}\n{OTHER}\nWe cannot bisect more!\n"
        );
        check(&skipped, Bisected::Skipped(vec![id(ID), id(OTHER)]));
    }

    #[test]
    fn the_last_of_several_states_counts() {
        // `replay` prints each on its way.
        let output = format!("Bisecting: 3 revisions\n[{OTHER}] b\nBisecting: 0 revisions\n[{ID}] a\n");
        check(&output, Bisected::Testing { commit: id(ID), subject: RawText::new("a"), left: Some(0) });
    }

    #[test]
    fn a_log_names_the_commits_and_what_was_found() {
        let text = format!(
            "git bisect start 'v8' 'v1'\n# status: waiting for both good and bad commits\n# bad: [{ID}] c: 8\n\
             git bisect bad {ID}\n# skip: [{OTHER}] c4\n# possible first bad commit: [{OTHER}] x\n\
             # only skipped commits left to test\n# first bad commit: [{ID}] c6\n"
        );
        let log = BisectLog::parse(text.as_bytes()).unwrap();
        let marks: Vec<_> = log.marks.iter().map(|mark| format!("{} {}", mark.term, mark.subject)).collect();
        assert_eq!(marks, ["bad c: 8", "skip c4"]);
        assert_eq!(
            (log.found, log.possible, log.text.as_bytes()),
            (Some(id(ID)), vec![id(OTHER)], text.as_bytes())
        );
    }
}
