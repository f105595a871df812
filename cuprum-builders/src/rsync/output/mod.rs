//! The typed output of a transfer: what changed, and the statistics.

mod itemize;
mod list;
mod progress;
mod stats;
mod version;

use std::fmt;

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

pub(super) use self::itemize::unescape;
pub use self::itemize::{Attribute, Change, FileKind, Link, Update};
pub use self::list::{Entry, Listing};
pub use self::progress::Progress;
pub use self::stats::{Files, Stats};
pub use self::version::{Flavour, Version};
use crate::output::{Cursor, RawText};

/// What a transfer did, or would do if it was a dry run.
///
/// It is shown as one line for each change, and a summary.
///
/// ```
/// use cuprum_builders::rsync::{Transfer, Update};
///
/// let output = b"|>f+++++++++ 12 12 notes.txt//\n\nNumber of files: 1 (reg: 1)\n\
///     total size is 12  speedup is 0.10\n";
/// let transfer = Transfer::parse(output)?;
/// let [change] = transfer.changes.as_slice() else { panic!("one line is one change") };
/// assert_eq!((change.update, change.is_new()), (Update::Received, true));
/// assert_eq!(transfer.stats.files.regular, 1);
/// # Ok::<(), cuprum::spec::OutputError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// What changed on the receiving side, in the order of the transfer.
    pub changes: Vec<Change>,
    /// Other lines that rsync printed, about files that it skipped for example.
    pub messages: Vec<RawText>,
    /// How far the transfer was at the end, if [`Info::Progress2`](crate::rsync::Info::Progress2) asked
    /// for it.
    pub progress: Option<Progress>,
    /// The statistics at the end.
    pub stats: Stats,
}

impl Transfer {
    /// The options that make rsync print what [`Transfer::parse`] reads.
    pub const FORMAT: [&'static str; 3] = [itemize::FORMAT, "--stats", "--no-human-readable"];

    /// Reads what rsync printed with the options of [`Transfer::FORMAT`].
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut cursor = Cursor::new(output);
        let mut changes = Vec::new();
        let mut messages = Vec::new();
        let mut progress = None;
        loop {
            if cursor.rest().starts_with(stats::FIRST_LINE) {
                let stats = stats::read(&mut cursor)?;
                return Ok(Self { changes, messages, progress, stats });
            }
            let mut line = cursor.until(b'\n', "the statistics of `--stats`")?;
            // Each line of progress overwrites the one before it; a name has no carriage return.
            while let Ok(segment) = line.until(b'\r', "") {
                progress = Progress::parse(segment.rest()).or(progress);
            }
            if let Some(last) = Progress::parse(line.rest()) {
                progress = Some(last);
                continue;
            }
            if line.rest().starts_with(itemize::MARK) {
                changes.push(itemize::change(line)?);
            } else if !line.is_at_end() {
                messages.push(RawText::new(itemize::unescape(line.rest())));
            }
        }
    }
}

impl FromOutput for Transfer {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Self::parse(outcome.complete_stdout()?)
    }
}

impl fmt::Display for Transfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.changes.iter().try_for_each(|change| writeln!(f, "{change}"))?;
        write!(f, "{}", self.stats)
    }
}
