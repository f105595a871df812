//! Commits and what each of them changed, as `git log -z --raw --numstat --format=…` prints them.

use std::fmt;

use cuprum::spec::OutputError;

use super::change::changes;
use super::log::commit;
use super::read::whole;
use super::{Commit, Diff};
use crate::output::Cursor;

/// Commits, each with its changes, in the order in which git printed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// A commit, and how it differs from its first parent.
    pub commits: Vec<(Commit, Diff)>,
}

impl History {
    /// The options that make `git log` print what [`History::parse`] reads: the fields of
    /// [`Log::FORMAT`](super::Log::FORMAT) behind a byte 1, then the changes.
    pub const FORMAT: [&'static str; 10] = [
        "-z",
        "--raw",
        "--numstat",
        "--no-abbrev",
        "--root",
        "--no-ext-diff",
        "--no-textconv",
        "--diff-merges=first-parent",
        "--decorate=full",
        "--format=%x01%H%x00%T%x00%P%x00%an%x00%ae%x00%at%x00%ai%x00%cn%x00%ce%x00%ct%x00%ci%x00%D%x00%B%x00",
    ];

    /// Reads what `git log` printed with the options of [`History::FORMAT`].
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte that does not fit the format.
    pub fn parse(output: &[u8]) -> Result<Self, OutputError> {
        let mut cursor = Cursor::new(output);
        let mut commits = Vec::new();
        while !cursor.is_at_end() {
            if !cursor.skip(b"\x01") {
                return Err(cursor.error("the byte 1 before a commit"));
            }
            let commit = commit(&mut cursor)?;
            if !cursor.skip(b"\0") {
                return Err(cursor.error("NUL behind the fields of a commit"));
            }
            // Without changes the next commit follows at once.
            let changes = if cursor.skip(b"\n") { changes(&mut cursor)? } else { Vec::new() };
            commits.push((commit, Diff { changes }));
        }
        Ok(Self { commits })
    }
}

whole!(History);

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.commits.iter().try_for_each(|(commit, diff)| writeln!(f, "{commit}\n{diff}"))
    }
}
