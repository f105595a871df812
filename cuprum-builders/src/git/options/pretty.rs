//! How commits are printed for people.

use cuprum::{ArgValue, Args};

use crate::args::RefPattern;
use crate::git::PrettyFormat;

/// How commits are printed (git-log(1), "Commit Formatting"); the output is for people.
#[derive(Clone, Debug, Args)]
pub struct Pretty {
    /// The form of each commit.
    pub pretty: Option<Option<PrettyFormat>>,
    /// One line each, with a short id.
    #[arg(conflicts("pretty"))]
    pub oneline: bool,
    /// Prints ids short, or in full.
    #[arg(negatable)]
    pub abbrev_commit: Option<bool>,
    /// Which encoding messages are printed in; UTF-8 by default.
    pub encoding: Option<String>,
    /// Replaces tabs by spaces, at every so many letters.
    pub expand_tabs: Option<Option<u8>>,
    /// Shows notes, by default those of `refs/notes/commits`.
    #[arg(conflicts("no_notes"))]
    pub notes: Option<Option<RefPattern>>,
    /// Shows no notes.
    pub no_notes: bool,
    /// Shows times as how long ago they were.
    pub relative_date: bool,
    /// How times are shown.
    #[arg(conflicts("relative_date"))]
    pub date: Option<DateFormat>,
    /// Prints the ids of the parents, too.
    pub parents: bool,
    /// Prints the ids of the children, too.
    pub children: bool,
    /// Marks which side of `R...R` a commit is on.
    pub left_right: bool,
    /// Draws the history at the left side.
    #[arg(negatable)]
    pub graph: Option<bool>,
    /// What separates lines of history.
    #[arg(conflicts("graph"))]
    pub show_linear_break: Option<Option<String>>,
    /// How refs are shown that name a commit.
    pub decorate: Option<Option<Decorate>>,
    /// Shows only refs that match.
    pub decorate_refs: Vec<RefPattern>,
    /// Does not show refs that match.
    pub decorate_refs_exclude: Vec<RefPattern>,
    /// Shows refs whatever git is configured to.
    #[arg(since = "2.39")]
    pub clear_decorations: bool,
    /// Shows by which ref a commit was found.
    #[arg(negatable)]
    pub source: Option<bool>,
    /// Shows people as the file `.mailmap` has them, or as commits do.
    #[arg(negatable)]
    pub use_mailmap: Option<bool>,
    /// Shows how long messages are.
    pub log_size: bool,
}

/// How times are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum DateFormat {
    /// `Tue Nov 14 23:13:20 2023 +0100`
    Default,
    /// How long ago.
    Relative,
    /// In the zone of this machine.
    Local,
    /// `2023-11-14 23:13:20 +0100`
    Iso,
    /// `2023-11-14T23:13:20+01:00`
    IsoStrict,
    /// As mail has it.
    Rfc,
    /// The day only.
    Short,
    /// Seconds since 1970 and the zone.
    Raw,
    /// Seconds since 1970.
    Unix,
    /// As few parts as make it clear.
    Human,
}

/// How refs are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Decorate {
    /// By short names.
    Short,
    /// By full names.
    Full,
    /// By short names, if the output is a terminal.
    Auto,
    /// Not at all.
    No,
}
