//! `git log`: the commits that lead to a revision.

use cuprum::Command;

use crate::args::{GitDate, GitRef, Pathspec, RevisionRange};
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Compare, DiffText, FileLines, Git, History, Log, Pretty, ReflogEntry, Walk};

/// Lists commits, newest first (git-log(1)).
///
/// On a branch without commits git fails; an empty range is an empty log. The most used options of
/// [`walk`](Self::walk) are methods of this command, too.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "log", fixed(Log::FORMAT), fn = log, output = Log, tier = read)]
pub struct GitLog {
    /// Which commits, and in which order.
    #[arg(flatten)]
    pub walk: Walk,
    /// Shows people as the file `.mailmap` has them, or as commits do.
    #[arg(negatable)]
    pub use_mailmap: Option<bool>,
    /// Goes on with the history of a file before it was renamed; for one path.
    pub follow: bool,
    /// The revisions; `HEAD` by default.
    #[arg(positional)]
    pub range: Option<RevisionRange>,
    /// More revisions.
    #[arg(positional)]
    pub more: Vec<RevisionRange>,
    /// Lists only commits that change these files and directories.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// Lists commits and what each of them changed (git-log(1), `--raw --numstat`).
///
/// The changes of a merge are those against its first parent.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "log",
    fixed(History::FORMAT),
    fn = history,
    output = History,
    tier = read
)]
pub struct GitHistory {
    /// Which commits, and in which order.
    #[arg(flatten)]
    pub walk: Walk,
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// Shows people as the file `.mailmap` has them, or as commits do.
    #[arg(negatable)]
    pub use_mailmap: Option<bool>,
    /// Goes on with the history of a file before it was renamed; for one path.
    pub follow: bool,
    /// The revisions; `HEAD` by default.
    #[arg(positional)]
    pub range: Option<RevisionRange>,
    /// Lists only commits that change these files and directories.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// Prints commits for people (git-log(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "log",
    fixed("--no-ext-diff", "--no-textconv"),
    fn = log_text,
    output = Vec<u8>,
    tier = read
)]
pub struct GitLogText {
    /// Which commits, and in which order.
    #[arg(flatten)]
    pub walk: Walk,
    /// How they are printed.
    #[arg(flatten)]
    pub pretty: Pretty,
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// How differences are printed.
    #[arg(flatten)]
    pub diff: DiffText,
    /// Follows the history of these lines.
    #[arg(short = 'L', style = "attached")]
    pub line_ranges: Vec<FileLines>,
    /// Goes on with the history of a file before it was renamed; for one path.
    pub follow: bool,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::DiffUnchecked,
    /// The revisions; `HEAD` by default.
    #[arg(positional)]
    pub range: Option<RevisionRange>,
    /// Prints only commits that change these files and directories.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// Lists which commits a ref has named, newest first (git-reflog(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "log",
    fixed(ReflogEntry::FORMAT),
    fn = reflog,
    output = Vec<ReflogEntry>,
    parse = ReflogEntry::read_list,
    tier = read
)]
pub struct GitReflog {
    /// How many are listed at most.
    pub max_count: Option<u32>,
    /// How many are left out at the start.
    pub skip: Option<u32>,
    /// Only those that are newer.
    pub since: Option<GitDate>,
    /// Only those that are older.
    pub until: Option<GitDate>,
    /// Only those whose reason matches one of these regular expressions.
    pub grep_reflog: Vec<String>,
    /// The ref; `HEAD` by default.
    #[arg(positional)]
    pub name: Option<GitRef>,
}

/// The most used options of [`Walk`].
impl GitLog {
    /// Lists so many commits at most.
    #[must_use]
    pub fn max_count(mut self, count: u32) -> Self {
        self.walk.max_count = Some(count);
        self
    }

    /// Leaves so many commits out at the start.
    #[must_use]
    pub fn skip(mut self, count: u32) -> Self {
        self.walk.skip = Some(count);
        self
    }

    /// Follows the first parent of merges only.
    #[must_use]
    pub fn first_parent(mut self) -> Self {
        self.walk.first_parent = true;
        self
    }

    /// Lists merges only.
    #[must_use]
    pub fn merges(mut self) -> Self {
        self.walk.merges = true;
        self
    }

    /// Leaves merges out.
    #[must_use]
    pub fn no_merges(mut self) -> Self {
        self.walk.no_merges = true;
        self
    }

    /// Lists oldest first.
    #[must_use]
    pub fn reverse(mut self) -> Self {
        self.walk.reverse = true;
        self
    }
}
