//! `git show`: objects, for people.

use cuprum::Command;

use crate::args::{ObjectName, Pathspec};
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Compare, DiffText, FileLines, Git, Pretty};

/// Prints objects for people: commits with their changes, tags, trees, files (git-show(1)).
///
/// The bytes of a file come as they are stored: `git::show(ObjectName::new("HEAD:path")?)`.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "show",
    fixed("--no-ext-diff", "--no-textconv"),
    fn = show,
    output = Vec<u8>,
    tier = read
)]
pub struct GitShow {
    /// Prints no changes.
    pub quiet: bool,
    /// How commits are printed.
    #[arg(flatten)]
    pub pretty: Pretty,
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// How differences are printed.
    #[arg(flatten)]
    pub diff: DiffText,
    /// Shows the changes of these lines.
    #[arg(short = 'L', style = "attached")]
    pub line_ranges: Vec<FileLines>,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::DiffUnchecked,
    /// The object.
    #[arg(positional)]
    pub object: ObjectName,
    /// Shows only changes of these files and directories.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}
