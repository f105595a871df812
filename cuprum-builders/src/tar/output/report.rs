//! What tar tells about a run that wrote or read an archive.

use std::fmt;

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

use super::unescape;
use super::warning::{Warning, labelled};
use crate::output::{Cursor, RawPath, number};

/// What tar told about a run that did not fail.
///
/// It is shown as one line for each warning, and the totals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The members, in their order, if [`verbose`](crate::tar::Inform::verbose) asked for them.
    pub members: Vec<RawPath>,
    /// What tar warned of. If there are any, the archive is there all the same.
    pub warnings: Vec<Warning>,
    /// How much was written or read, if [`totals`](crate::tar::Inform::totals) asked for it.
    pub totals: Option<Totals>,
    /// How far tar had come when it last said so.
    pub checkpoint: Option<Checkpoint>,
}

/// How much tar has written, read or deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// The bytes, with those that fill up the last record.
    pub bytes: u64,
}

/// How far tar has come: the number of the checkpoint, in records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The number of the record.
    pub record: u64,
}

impl Checkpoint {
    /// Reads a line of standard error; `None` if it is about something else.
    ///
    /// It is what tar prints where no [`CheckpointAction`](crate::tar::CheckpointAction) is given.
    pub fn parse(line: &[u8]) -> Option<Self> {
        let rest = labelled(line).strip_prefix(b"tar: ")?;
        let rest =
            rest.strip_prefix(b"Write checkpoint ").or_else(|| rest.strip_prefix(b"Read checkpoint "))?;
        number(rest).map(|record| Self { record })
    }
}

impl Totals {
    /// Reads a line of standard error; `None` if it is about something else.
    pub fn parse(line: &[u8]) -> Option<Self> {
        let labels: [&[u8]; 3] = [b"Total bytes written: ", b"Total bytes read: ", b"Total bytes deleted: "];
        let rest = labels.iter().find_map(|label| line.strip_prefix(*label))?;
        let end = rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len());
        number(rest.split_at(end).0).map(|bytes| Self { bytes })
    }
}

impl Report {
    /// Reads what tar printed to standard output and standard error.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] if the name of a member is not escaped as it was asked for.
    pub fn parse(stdout: &[u8], stderr: &[u8]) -> Result<Self, OutputError> {
        let mut report = Self::default();
        let mut cursor = Cursor::new(stdout);
        while !cursor.is_at_end() {
            let line = cursor.until(b'\n', "the end of a name")?;
            report.members.push(line.all("an escaped name", unescape).map(RawPath::new)?);
        }
        for line in stderr.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            if let Some(totals) = Totals::parse(line) {
                report.totals = Some(totals);
            } else if let Some(checkpoint) = Checkpoint::parse(line) {
                report.checkpoint = Some(checkpoint);
            } else if let Some(warning) = Warning::parse(line) {
                report.warnings.push(warning);
            }
        }
        Ok(report)
    }
}

impl FromOutput for Report {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Self::parse(outcome.complete_stdout()?, outcome.stderr().bytes())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.warnings.iter().try_for_each(|warning| writeln!(f, "{warning}"))?;
        match self.totals {
            Some(totals) => write!(f, "{} bytes", totals.bytes),
            None => write!(f, "{} warnings", self.warnings.len()),
        }
    }
}
