//! `git bisect`: finds the commit that changed something by halving.

use cuprum::{ArgValue, Args, Command};

use crate::args::{Pathspec, Revision, RevisionRange, SafePath};
use crate::git::{BisectLog, Bisected, Git, RawText};

/// Begins to look for the commit that changed something (git-bisect(1)).
///
/// The ends are named by [`bisect_bad`] and [`bisect_good`] afterwards, where a name that is no revision is an
/// error; git would take it for a path here. Each command says which commit comes next, and checks it out,
/// until one of them is [found](Bisected::Found). All of it belongs to one work tree: another one of the same
/// repository is not disturbed.
///
/// ```no_run
/// use cuprum::{Run, lit};
/// use cuprum_builders::args::Revision;
/// use cuprum_builders::git::{self, Bisected};
///
/// git::bisect_start().run_sync()?;
/// git::bisect_bad().run_sync()?;
/// let mut state = git::bisect_good().commits(lit!(Revision, "v1.0")).run_sync()?;
/// while let Bisected::Testing { .. } = state {
///     // Look at what is checked out.
///     let is_good = std::path::Path::new("fine").exists();
///     state = if is_good { git::bisect_good().run_sync()? } else { git::bisect_bad().run_sync()? };
/// }
/// git::bisect_reset().run_sync()?;
/// # Ok::<(), cuprum::Error>(())
/// ```
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "start"],
    fn = bisect_start,
    separator = none,
    output = Bisected,
    tier = write
)]
pub struct GitBisectStart {
    /// What commits are called that have the change; `bad` by default.
    pub term_new: Option<BisectTerm>,
    /// What commits are called that do not have it; `good` by default.
    pub term_old: Option<BisectTerm>,
    /// Checks nothing out; the ref `BISECT_HEAD` names the commit that comes next.
    pub no_checkout: bool,
    /// Follows only the first parent of merges.
    #[arg(since = "2.29")]
    pub first_parent: bool,
    /// Looks only at commits that change these files and directories.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// Says that commits do not have what is looked for, and goes on to the next (git-bisect(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "good"],
    fn = bisect_good,
    separator = none,
    ok(0, 2),
    output = Bisected,
    tier = write
)]
pub struct GitBisectGood {
    /// The commits; by default the one that is to be tested.
    #[arg(positional)]
    pub commits: Vec<Revision>,
}

/// Says that a commit has what is looked for, and goes on to the next (git-bisect(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "bad"],
    fn = bisect_bad,
    separator = none,
    ok(0, 2),
    output = Bisected,
    tier = write
)]
pub struct GitBisectBad {
    /// The commit; by default the one that is to be tested.
    #[arg(positional)]
    pub commit: Option<Revision>,
}

/// Says that commits were before the change, and goes on to the next: the same as [`bisect_good`], for a
/// change that is not for the worse.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "old"],
    fn = bisect_old,
    separator = none,
    ok(0, 2),
    output = Bisected,
    tier = write
)]
pub struct GitBisectOld {
    /// The commits; by default the one that is to be tested.
    #[arg(positional)]
    pub commits: Vec<Revision>,
}

/// Says that a commit is after the change, and goes on to the next: the same as [`bisect_bad`], for a
/// change that is not for the worse.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "new"],
    fn = bisect_new,
    separator = none,
    ok(0, 2),
    output = Bisected,
    tier = write
)]
pub struct GitBisectNew {
    /// The commit; by default the one that is to be tested.
    #[arg(positional)]
    pub commit: Option<Revision>,
}

/// Says what commits are by a term that [`bisect_start`] was given, and goes on to the next.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "bisect",
    fn = bisect_mark,
    separator = none,
    ok(0, 2),
    output = Bisected,
    tier = write
)]
pub struct GitBisectMark {
    /// The term.
    #[arg(positional)]
    pub term: BisectTerm,
    /// The commits; by default the one that is to be tested.
    #[arg(positional)]
    pub commits: Vec<Revision>,
}

/// Says that commits cannot be tested, and goes on to another (git-bisect(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "skip"],
    fn = bisect_skip,
    separator = none,
    ok(0, 2),
    output = Bisected,
    tier = write
)]
pub struct GitBisectSkip {
    /// The commits, or ranges; by default the one that is to be tested.
    #[arg(positional)]
    pub commits: Vec<RevisionRange>,
}

/// Finds the commit that comes next, and checks it out; the other commands do so anyway.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "next"],
    fn = bisect_next,
    ok(0, 2),
    output = Bisected,
    tier = write
)]
pub struct GitBisectNext {}

/// Ends the search, and checks out what was checked out before, or another commit.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "reset"],
    fn = bisect_reset,
    separator = none,
    tier = write
)]
pub struct GitBisectReset {
    /// The commit, or branch.
    #[arg(positional)]
    pub to: Option<Revision>,
}

/// Tells what was said so far.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "log"],
    fn = bisect_log,
    output = BisectLog,
    tier = read
)]
pub struct GitBisectLog {}

/// Does what a [log](bisect_log) says, in place of a search that is under way.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "replay"],
    fn = bisect_replay,
    separator = none,
    ok(0, 2),
    output = Bisected,
    tier = write
)]
pub struct GitBisectReplay {
    /// The file with the log.
    #[arg(positional)]
    pub file: SafePath,
}

/// Tells what commits of one end are called.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "terms"],
    fn = bisect_term,
    output = RawText,
    parse = RawText::read,
    tier = read
)]
pub struct GitBisectTerm {
    /// Which end.
    #[arg(flatten, required)]
    pub end: BisectEnd,
}

/// An end of what is halved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Args)]
pub enum BisectEnd {
    /// Commits with the change; `bad` by default.
    #[arg(long = "term-bad")]
    New,
    /// Commits without it; `good` by default.
    #[arg(long = "term-good")]
    Old,
}

/// What commits of one end are called: ASCII letters, digits, `-` and `_`, not more than 64, with a letter
/// first, and none of the subcommands of `git bisect`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, ArgValue)]
#[arg(check = is_term)]
pub struct BisectTerm(String);

const fn is_term(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        if !(byte.is_ascii_alphanumeric() || *byte == b'-' || *byte == b'_') {
            return false;
        }
        rest = after;
    }
    let begins = matches!(bytes.first(), Some(first) if first.is_ascii_alphabetic());
    begins && bytes.len() <= 64 && !is_subcommand(bytes)
}

const fn is_subcommand(text: &[u8]) -> bool {
    matches!(
        text,
        b"help"
            | b"log"
            | b"next"
            | b"replay"
            | b"reset"
            | b"run"
            | b"skip"
            | b"start"
            | b"terms"
            | b"view"
            | b"visualize"
    )
}
