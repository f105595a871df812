//! How two versions of files are compared: what commands that show changes share.

use cuprum::{ArgValue, Args};

use crate::args::{Pathspec, Revision};
use crate::git::{DiffFilter, Similarity, SubmoduleScan};

/// How versions of files are compared (git-diff(1)); it does not change the form of the output.
///
/// As git is configured, unless said otherwise.
#[derive(Clone, Debug, Args)]
pub struct Compare {
    /// Does not look for files that were renamed.
    #[arg(conflicts("find_renames"))]
    pub no_renames: bool,
    /// Looks for renamed files, from this similarity on; 50 % by default.
    pub find_renames: Option<Option<Similarity>>,
    /// Looks for copied files among those that changed, from this similarity on.
    pub find_copies: Option<Option<Similarity>>,
    /// Looks for copied files among all files, which is slow.
    #[arg(negatable)]
    pub find_copies_harder: Option<bool>,
    /// Takes a file that changed by more than this as deleted and created.
    pub break_rewrites: Option<Option<Similarity>>,
    /// Takes empty files for possible sources of a rename; by default it does.
    #[arg(negatable)]
    pub rename_empty: Option<bool>,
    /// Looks for inexact renames only if no more than so many files come into question.
    #[arg(short = 'l', style = "attached")]
    pub rename_limit: Option<u32>,
    /// Takes time to find the smallest difference.
    pub minimal: bool,
    /// The algorithm.
    pub diff_algorithm: Option<DiffAlgorithm>,
    /// Keeps lines that begin with this text out of the difference, if they are in both versions once.
    pub anchored: Vec<String>,
    /// Moves hunks to where they are easier to read, or does not; by default it does.
    #[arg(negatable)]
    pub indent_heuristic: Option<bool>,
    /// Ignores white space in lines.
    pub ignore_all_space: bool,
    /// Ignores how much white space there is.
    pub ignore_space_change: bool,
    /// Ignores white space at the end of lines.
    pub ignore_space_at_eol: bool,
    /// Ignores a carriage return at the end of lines.
    pub ignore_cr_at_eol: bool,
    /// Ignores changes of blank lines.
    pub ignore_blank_lines: bool,
    /// Ignores changes of which every line matches this regular expression.
    pub ignore_matching_lines: Vec<String>,
    /// Takes every file as text.
    #[arg(negatable)]
    pub text: Option<bool>,
    /// Swaps the two sides.
    #[arg(short = 'R')]
    pub reversed: bool,
    /// Shows only what is below a directory, by default the working one, and paths from there.
    pub relative: Option<Option<Pathspec>>,
    /// What is not looked for in submodules; by default nothing is.
    pub ignore_submodules: Option<Option<SubmoduleScan>>,
    /// Takes files that are only intended to be added as missing in the index.
    pub ita_invisible_in_index: bool,
    /// Takes files that are only intended to be added as empty in the index.
    #[arg(conflicts("ita_invisible_in_index"))]
    pub ita_visible_in_index: bool,
    /// Shows only files whose change touches a text.
    #[arg(flatten)]
    pub pickaxe: Option<Pickaxe>,
    /// Shows all files of a change of which one fits [`pickaxe`](Self::pickaxe).
    pub pickaxe_all: bool,
    /// Takes the text of [`Pickaxe::Count`] as a regular expression.
    pub pickaxe_regex: bool,
    /// Shows only files of which one version is this object.
    pub find_object: Option<Revision>,
    /// Shows only files that changed in these ways.
    pub diff_filter: Option<DiffFilter>,
    /// Shows this file first, and those before it last.
    pub rotate_to: Option<Pathspec>,
    /// Shows this file first, and not those before it.
    pub skip_to: Option<Pathspec>,
}

/// A text that a change touches.
#[derive(Clone, Debug, Args)]
pub enum Pickaxe {
    /// The text occurs more or less often than before.
    #[arg(short = 'S', style = "attached")]
    Count(String),
    /// An added or deleted line matches the regular expression.
    #[arg(short = 'G', style = "attached")]
    Lines(String),
}

/// How the difference of two texts is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ArgValue)]
pub enum DiffAlgorithm {
    /// The basic greedy algorithm; git calls it `myers`, too.
    Default,
    /// The same, with more time for the smallest difference.
    Minimal,
    /// By lines that occur once.
    Patience,
    /// By lines that occur seldom.
    Histogram,
}
