//! `git mv`: moves files.

use cuprum::Command;

use crate::args::Pathspec;
use crate::git::Git;

/// Moves files, in the index and in the work tree (git-mv(1)).
///
/// With more than one source the destination is a directory.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "mv", fn = mv, tier = write)]
pub struct GitMv {
    /// Overwrites the destination.
    #[arg(danger = "loss")]
    pub force: bool,
    /// Leaves alone what cannot be moved.
    #[arg(short = 'k')]
    pub skip_errors: bool,
    /// Moves entries outside of the sparse checkout, too.
    #[arg(since = "2.34")]
    pub sparse: bool,
    /// Names the files.
    pub verbose: bool,
    /// Moves nothing.
    pub dry_run: bool,
    /// The sources, then the destination: two at least.
    #[arg(last, min = 2)]
    pub paths: Vec<Pathspec>,
}
