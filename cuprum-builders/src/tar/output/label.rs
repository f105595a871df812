//! The label of an archive, as `tar --test-label` prints it.

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

use crate::output::RawText;

/// The label of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The label; empty if the archive has none.
    pub label: RawText,
    /// Whether it is one of those that were asked for; true if none were.
    pub matches: bool,
}

impl FromOutput for Label {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        let stdout = outcome.complete_stdout()?;
        let label = RawText::new(stdout.strip_suffix(b"\n").unwrap_or(stdout));
        Ok(Self { label, matches: outcome.status().success() })
    }
}
