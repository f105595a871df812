//! `git add`: puts contents into the index.

use cuprum::Command;

use super::Git;
use crate::args::Pathspec;

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
    /// The files and directories; with none, [`all`](Self::all) or [`update`](Self::update) says what.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}
