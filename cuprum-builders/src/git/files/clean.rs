//! `git clean`: removes files that git does not know.

use cuprum::{Args, Command};

use crate::args::{Glob, Pathspec};
use crate::git::{CleanedPath, Git};

/// Removes files that git does not know (git-clean(1)); they are gone for good.
///
/// [`clean_dry_run`] says what would go.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "clean",
    fixed("--force"),
    fn = clean,
    output = Vec<CleanedPath>,
    parse = CleanedPath::read_list,
    tier = destructive
)]
pub struct GitClean {
    /// Removes directories that git does not know, too.
    #[arg(short = 'd')]
    pub directories: bool,
    /// What becomes of ignored files; by default they stay.
    #[arg(flatten)]
    pub ignored: Option<CleanIgnored>,
    /// Keeps files that match.
    pub exclude: Vec<Glob>,
    /// Looks at these files and directories only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// Says what [`clean`] would remove, and removes nothing.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "clean",
    fixed("--dry-run"),
    fn = clean_dry_run,
    output = Vec<CleanedPath>,
    parse = CleanedPath::read_list,
    tier = read
)]
pub struct GitCleanDryRun {
    /// Directories that git does not know, too.
    #[arg(short = 'd')]
    pub directories: bool,
    /// What becomes of ignored files; by default they stay.
    #[arg(flatten)]
    pub ignored: Option<CleanIgnored>,
    /// Keeps files that match.
    pub exclude: Vec<Glob>,
    /// Looks at these files and directories only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// What becomes of ignored files.
#[derive(Clone, Debug, Args)]
pub enum CleanIgnored {
    /// They go, too.
    #[arg(short = 'x')]
    Too,
    /// They go, and nothing else does.
    #[arg(short = 'X')]
    Only,
}
