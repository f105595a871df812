//! `git shortlog` and `check-mailmap`: who made how many commits, and what people are called.

use cuprum::{ArgValue, Command};

use crate::args::{GitDate, Identity, Pathspec, RevisionRange};
use crate::git::{Author, Contact, Git};

/// Counts the commits of each author (git-shortlog(1)).
///
/// The revision is required: without one git would read a log from its standard input.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "shortlog",
    fixed("--summary", "--email"),
    fn = shortlog,
    output = Vec<Author>,
    parse = Author::read_list,
    tier = read
)]
pub struct GitShortlog {
    /// The most first; by default by name.
    pub numbered: bool,
    /// Counts by who made the commit.
    pub committer: bool,
    /// Counts by this.
    #[arg(since = "2.29")]
    pub group: Vec<ShortlogGroup>,
    /// Only commits that are newer.
    pub since: Option<GitDate>,
    /// Only commits that are older.
    pub until: Option<GitDate>,
    /// Leaves merges out.
    pub no_merges: bool,
    /// The revisions.
    #[arg(positional)]
    pub range: RevisionRange,
    /// Counts only commits that change these files and directories.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// What commits are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum ShortlogGroup {
    /// The author.
    Author,
    /// Who made the commit.
    Committer,
}

/// Tells what people are called by the file `.mailmap` (git-check-mailmap(1)), in the order of the question.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "check-mailmap",
    fn = check_mailmap,
    output = Vec<Contact>,
    parse = Contact::read_list,
    tier = read
)]
pub struct GitCheckMailmap {
    /// The people, as commits have them.
    #[arg(positional, min = 1)]
    pub people: Vec<Identity>,
}
