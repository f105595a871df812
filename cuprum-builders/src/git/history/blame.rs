//! `git blame`: who wrote each line.

use cuprum::Command;

use crate::args::{GitDate, Pathspec, Revision, RevisionRange};
use crate::git::{Blame, DateFormat, DiffAlgorithm, Git, LineRange};

/// Tells which commit each line of a file is of (git-blame(1)).
///
/// The options end with the revision, which cannot begin with `-`; the path stands behind `--`.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "blame",
    fixed(Blame::FORMAT),
    fn = blame,
    separator = none,
    output = Blame,
    tier = read
)]
pub struct GitBlame {
    /// Looks at these lines only.
    #[arg(short = 'L', style = "attached")]
    pub line_ranges: Vec<LineRange>,
    /// Takes the first commit as any other.
    pub root: bool,
    /// Follows the first parent of merges only.
    pub first_parent: bool,
    /// Ignores white space.
    #[arg(short = 'w')]
    pub ignore_white_space: bool,
    /// Takes time to find the smallest difference.
    pub minimal: bool,
    /// The algorithm.
    pub diff_algorithm: Option<DiffAlgorithm>,
    /// Looks for lines that moved within a file, from so many letters on.
    #[arg(short = 'M')]
    pub moved: Option<Option<u32>>,
    /// Looks for lines that were copied from other files of the commit, from so many letters on.
    #[arg(short = 'C')]
    pub copied: Option<Option<u32>>,
    /// Takes what this commit changed as unchanged.
    #[arg(since = "2.23")]
    pub ignore_rev: Vec<Revision>,
    /// Looks at commits only that are newer.
    pub since: Option<GitDate>,
    /// The version; by default the file as it is in the work tree.
    #[arg(positional)]
    pub rev: Option<RevisionRange>,
    /// The file.
    #[arg(last)]
    pub path: Pathspec,
}

/// Prints each line of a file with its commit, for people (git-blame(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "blame",
    fixed("--no-textconv", "--no-progress"),
    fn = blame_text,
    separator = none,
    output = Vec<u8>,
    tier = read
)]
pub struct GitBlameText {
    /// Looks at these lines only.
    #[arg(short = 'L', style = "attached")]
    pub line_ranges: Vec<LineRange>,
    /// Prints no ids for commits at the edge.
    #[arg(short = 'b')]
    pub blank_boundary: bool,
    /// Prints the name of the file.
    pub show_name: bool,
    /// Prints the number of the line in that commit.
    pub show_number: bool,
    /// Prints the address instead of the name.
    pub show_email: bool,
    /// Prints how lines were matched.
    pub score_debug: bool,
    /// Prints how much work it was.
    pub show_stats: bool,
    /// Prints as `git annotate` does.
    #[arg(short = 'c')]
    pub annotate: bool,
    /// Prints times as seconds since 1970.
    #[arg(short = 't')]
    pub raw_time: bool,
    /// Prints ids in full.
    #[arg(short = 'l')]
    pub long_ids: bool,
    /// Prints neither name nor time.
    #[arg(short = 's')]
    pub suppress: bool,
    /// Ignores white space.
    #[arg(short = 'w')]
    pub ignore_white_space: bool,
    /// How many digits of ids.
    pub abbrev: Option<Option<u8>>,
    /// Colors lines of the same commit in another way.
    #[arg(negatable)]
    pub color_lines: Option<bool>,
    /// Colors lines by their age.
    #[arg(negatable)]
    pub color_by_age: Option<bool>,
    /// How times are shown.
    pub date: Option<DateFormat>,
    /// The version; by default the file as it is in the work tree.
    #[arg(positional)]
    pub rev: Option<RevisionRange>,
    /// The file.
    #[arg(last)]
    pub path: Pathspec,
}
