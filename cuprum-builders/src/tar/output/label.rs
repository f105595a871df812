//! The label of an archive, as `tar --test-label --verbose` prints it.

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

use super::list::{EntryKind, Listing};
use super::unescape;
use crate::output::RawText;

/// The label of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The label; `None` if the archive has none.
    pub label: Option<RawText>,
    /// Whether it is one of those that were asked for; true if none were.
    pub matches: bool,
}

impl FromOutput for Label {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        let stdout = outcome.complete_stdout()?;
        // Where labels were asked for, tar prints the label alone.
        let label = match Listing::parse(stdout) {
            Ok(listing) => listing.into_iter().find(|entry| entry.kind == EntryKind::VolumeHeader),
            Err(error) => {
                let text = unescape(stdout.strip_suffix(b"\n").unwrap_or(stdout)).ok_or(error)?;
                return Ok(Self { label: Some(RawText::new(text)), matches: outcome.status().success() });
            }
        };
        let label = label.map(|entry| RawText::new(entry.name.as_bytes()));
        Ok(Self { label, matches: outcome.status().success() })
    }
}
