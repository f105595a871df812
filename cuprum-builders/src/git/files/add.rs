//! `git add`: puts contents into the index.

use cuprum::Command;

use crate::args::Pathspec;
use crate::git::{Executable, Git};

/// Puts the contents of files into the index (git-add(1)).
///
/// Paths are literal: `*` and `:` stand for themselves.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "add", fn = add, tier = write)]
pub struct GitAdd {
    /// Adds, changes and removes entries, so that the index matches the work tree.
    pub all: bool,
    /// Changes and removes entries, and adds no new file.
    #[arg(conflicts("all"))]
    pub update: bool,
    /// Adds files that are ignored, too.
    pub force: bool,
    /// Records that the files will be added, without their contents.
    pub intent_to_add: bool,
    /// Changes nothing.
    pub dry_run: bool,
    /// Names the files.
    pub verbose: bool,
    /// Converts the line ends of tracked files again.
    pub renormalize: bool,
    /// Removes no entry of a file that is gone.
    #[arg(conflicts("all", "update"))]
    pub ignore_removal: bool,
    /// Only looks again at files that are in the index.
    #[arg(conflicts("all", "update"))]
    pub refresh: bool,
    /// Goes on when a file cannot be added.
    pub ignore_errors: bool,
    /// Looks whether files would be ignored, also where there is none.
    #[arg(requires("dry_run"))]
    pub ignore_missing: bool,
    /// Changes entries outside of the sparse checkout, too.
    #[arg(since = "2.34")]
    pub sparse: bool,
    /// Sets the executable bit in the index.
    pub chmod: Option<Executable>,
    /// The files and directories; with none, [`all`](Self::all) or [`update`](Self::update) says what.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}
