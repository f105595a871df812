//! How differences are printed for people.

use cuprum::{ArgValue, Args};

use crate::git::StatShape;

/// How differences are printed (git-diff(1), "Options"); the output is bytes for people or for `git apply`.
#[derive(Clone, Debug, Args)]
pub struct DiffText {
    /// Prints the lines that differ, which is the default of most commands.
    pub patch: bool,
    /// Prints no lines.
    #[arg(conflicts("patch"))]
    pub no_patch: bool,
    /// Prints this many lines around each difference; 3 by default.
    pub unified: Option<Option<u32>>,
    /// Prints differences as one if so few lines lie between them.
    pub inter_hunk_context: Option<u32>,
    /// Prints the whole function around each difference.
    #[arg(negatable)]
    pub function_context: Option<bool>,
    /// Prints a line with modes and ids for each file.
    pub raw: bool,
    /// Prints how many lines were added and deleted, for programs.
    pub numstat: bool,
    /// Prints the last line of the statistics only.
    pub shortstat: bool,
    /// Prints statistics of each file.
    pub stat: Option<Option<StatShape>>,
    /// How wide the statistics are.
    pub stat_width: Option<u32>,
    /// How much of that is for names.
    pub stat_name_width: Option<u32>,
    /// How much of that is for the graph.
    pub stat_graph_width: Option<u32>,
    /// How many files the statistics show.
    pub stat_count: Option<u32>,
    /// Adds to the statistics what was created and deleted.
    #[arg(negatable)]
    pub compact_summary: Option<bool>,
    /// Prints which share of the changes lies in each directory.
    pub dirstat: Option<Option<Dirstat>>,
    /// Prints what was created, deleted, and renamed.
    pub summary: bool,
    /// Prints the names only.
    pub name_only: bool,
    /// Prints the names, and in which way each changed.
    #[arg(conflicts("name_only"))]
    pub name_status: bool,
    /// Ends names with NUL, and does not quote them.
    #[arg(short = 'z')]
    pub null: bool,
    /// Prints differences of binary files so that they can be applied.
    pub binary: bool,
    /// Leaves out the contents of deleted files; the result cannot be applied.
    pub irreversible_delete: bool,
    /// Prints ids in full.
    #[arg(negatable)]
    pub full_index: Option<bool>,
    /// Prints so many digits of ids.
    pub abbrev: Option<Option<u8>>,
    /// Prints ids in full, also outside of patches.
    #[arg(conflicts("abbrev"))]
    pub no_abbrev: bool,
    /// What stands before the old name, instead of `a/`.
    pub src_prefix: Option<String>,
    /// What stands before the new name, instead of `b/`.
    pub dst_prefix: Option<String>,
    /// What stands before every line.
    pub line_prefix: Option<String>,
    /// Nothing stands before names.
    #[arg(conflicts("src_prefix", "dst_prefix"))]
    pub no_prefix: bool,
    /// `a/` and `b/` stand before names, whatever git is configured to.
    #[arg(conflicts("no_prefix"))]
    pub default_prefix: bool,
    /// What marks a new line, instead of `+`.
    pub output_indicator_new: Option<char>,
    /// What marks an old line, instead of `-`.
    pub output_indicator_old: Option<char>,
    /// What marks the lines around, instead of a space.
    pub output_indicator_context: Option<char>,
    /// Shows which words differ.
    pub word_diff: Option<Option<WordDiff>>,
    /// A regular expression of what a word is.
    pub word_diff_regex: Option<String>,
    /// Shows by color which words differ, and what a word is.
    pub color_words: Option<Option<String>>,
    /// Uses colors; by default never, as the output is no terminal.
    pub color: Option<Option<When>>,
    /// Colors lines that moved in their own way.
    pub color_moved: Option<Option<ColorMoved>>,
    /// Which white space may differ in lines that moved.
    #[arg(delimiter = ",")]
    pub color_moved_ws: Vec<ColorMovedSpace>,
    /// In which lines wrong white space is colored.
    #[arg(delimiter = ",")]
    pub ws_error_highlight: Vec<WhitespaceErrors>,
    /// How changes of submodules are shown.
    pub submodule: Option<Option<SubmoduleDiff>>,
    /// How the changes of merges are shown; by default not at all, by `log`.
    pub diff_merges: Option<DiffMerges>,
    /// Shows the names of all parents in the combined form.
    pub combined_all_paths: bool,
}

/// When something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum When {
    /// In any case.
    Always,
    /// In no case.
    Never,
    /// If the output is a terminal.
    Auto,
}

/// What the share of a directory is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Dirstat {
    /// Lines that were added and deleted, by content.
    Changes,
    /// Lines, as in a patch.
    Lines,
    /// Files.
    Files,
    /// As by [`Changes`](Self::Changes); a parent has the shares of its children, too.
    Cumulative,
}

/// How words that differ are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum WordDiff {
    /// By color only.
    Color,
    /// By `[-` `-]` and `{+` `+}`.
    Plain,
    /// By lines, for programs.
    Porcelain,
    /// They are not.
    None,
}

/// Which lines that moved are colored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum ColorMoved {
    /// None.
    No,
    /// As [`Zebra`](Self::Zebra).
    Default,
    /// Each.
    Plain,
    /// Blocks of at least 20 letters.
    Blocks,
    /// Blocks, in two colors that alternate.
    Zebra,
    /// The same, with what matters less dimmed.
    DimmedZebra,
}

/// Which white space may differ in a line that moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum ColorMovedSpace {
    /// None.
    No,
    /// That at the end.
    IgnoreSpaceAtEol,
    /// How much there is.
    IgnoreSpaceChange,
    /// All.
    IgnoreAllSpace,
    /// The indentation of whole blocks; it excludes the others.
    AllowIndentationChange,
}

/// In which lines wrong white space is colored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum WhitespaceErrors {
    /// In none.
    None,
    /// In new ones.
    Default,
    /// In old ones.
    Old,
    /// In new ones.
    New,
    /// In those around.
    Context,
    /// In all.
    All,
}

/// How a change of a submodule is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum SubmoduleDiff {
    /// By the two commits.
    Short,
    /// By the commits between them.
    Log,
    /// By the difference of their contents, with the programs that are configured in the submodule.
    #[cfg(feature = "unchecked")]
    Diff,
}

/// How the changes of a merge are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum DiffMerges {
    /// They are not.
    Off,
    /// In the form that git is configured to.
    On,
    /// Against the first parent.
    FirstParent,
    /// Against each parent.
    Separate,
    /// Against all parents at once: files that differ from each.
    Combined,
    /// The same, without what is taken from one parent.
    DenseCombined,
    /// Against the result that git would have made itself.
    Remerge,
}
