//! `git log`: the commits that lead to a revision.

use cuprum::Command;

use super::{Git, Log};
use crate::args::{Pathspec, RevisionRange};

/// Lists commits, newest first (git-log(1)).
///
/// On a branch without commits git fails; an empty range is an empty log.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "log",
    fixed(Log::FORMAT),
    fn = log,
    output = Log,
    tier = read
)]
pub struct GitLog {
    /// How many commits are listed at most.
    pub max_count: Option<u32>,
    /// How many are left out at the start.
    pub skip: Option<u32>,
    /// Follows the first parent of merges only.
    pub first_parent: bool,
    /// Lists merges only.
    pub merges: bool,
    /// Leaves merges out.
    #[arg(conflicts("merges"))]
    pub no_merges: bool,
    /// Lists oldest first.
    pub reverse: bool,
    /// The revisions; `HEAD` by default.
    #[arg(positional)]
    pub range: Option<RevisionRange>,
    /// Lists only commits that change these files and directories.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}
