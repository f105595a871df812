//! `git rebase`: moves commits to another base.

use cuprum::{ArgValue, Command};

use crate::args::{GitRef, Revision};
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Git, Joining, OnEmpty};

/// Makes the commits of a branch again on another base (git-rebase(1)).
///
/// A conflict is an error; [`rebase_abort`], [`rebase_skip`] and [`rebase_continue`] go on from there. No
/// editor is opened, and no command is run.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "rebase", fn = rebase, tier = destructive)]
pub struct GitRebase {
    /// Where the commits go; by default the upstream.
    pub onto: Option<Revision>,
    /// They stay where they are.
    #[arg(conflicts("onto"))]
    pub keep_base: bool,
    /// All commits, from the first.
    #[arg(conflicts("keep_base"))]
    pub root: bool,
    /// Makes them by patches.
    pub apply: bool,
    /// Makes them by merging, which is the default.
    #[arg(conflicts("apply"))]
    pub merge: bool,
    /// Makes merges again, too.
    pub rebase_merges: Option<Option<RebaseMerges>>,
    /// Does not, whatever git is configured to.
    #[arg(conflicts("rebase_merges"))]
    pub no_rebase_merges: bool,
    /// What becomes of a commit that changes nothing any more.
    pub empty: Option<OnEmpty>,
    /// Keeps commits that never changed anything, or drops them.
    #[arg(negatable, since = "2.26")]
    pub keep_empty: Option<bool>,
    /// Makes commits again that the upstream has, or leaves them out.
    #[arg(negatable)]
    pub reapply_cherry_picks: Option<bool>,
    /// Joins commits that begin with `fixup!` with theirs, or does not.
    #[arg(negatable)]
    pub autosquash: Option<bool>,
    /// Moves branches that name the commits, or does not.
    #[arg(negatable, since = "2.38")]
    pub update_refs: Option<bool>,
    /// Finds where the branch began by what the upstream has been, or does not.
    #[arg(negatable)]
    pub fork_point: Option<bool>,
    /// Puts changes of the work tree aside meanwhile, or does not.
    #[arg(negatable)]
    pub autostash: Option<bool>,
    /// Makes commits again that are in place.
    pub force_rebase: bool,
    /// The same.
    pub no_ff: bool,
    /// Adds a `Signed-off-by` line, or does not.
    #[arg(negatable)]
    pub signoff: Option<bool>,
    /// Takes the author's time for the commit's.
    pub committer_date_is_author_date: bool,
    /// Takes the commit's time for the author's.
    #[arg(conflicts("committer_date_is_author_date"))]
    pub reset_author_date: bool,
    /// How many lines around a change must be the same; for [`apply`](Self::apply).
    #[arg(short = 'C', style = "attached")]
    pub context: Option<u32>,
    /// Ignores white space where the lines around are compared.
    pub ignore_whitespace: bool,
    /// What is done about wrong white space; for [`apply`](Self::apply).
    pub whitespace: Option<WhitespaceAction>,
    /// Prints statistics, or does not.
    #[arg(negatable)]
    pub stat: Option<bool>,
    /// Skips the hook `pre-rebase`.
    pub no_verify: bool,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Says more.
    pub verbose: bool,
    /// How the contents are joined.
    #[arg(flatten)]
    pub joining: Joining,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::RebaseUnchecked,
    /// What the branch is compared with; by default its upstream.
    #[arg(positional)]
    pub upstream: Option<Revision>,
    /// The branch, which is checked out first; by default the current one.
    #[arg(positional, requires("upstream"))]
    pub branch: Option<GitRef>,
}

/// What becomes of commits beside the branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum RebaseMerges {
    /// They are made again, too.
    RebaseCousins,
    /// They stay.
    NoRebaseCousins,
}

/// What is done about wrong white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum WhitespaceAction {
    /// Nothing.
    Nowarn,
    /// It is reported.
    Warn,
    /// It is mended.
    Fix,
    /// The patch is refused.
    Error,
}

/// Goes on with a rebase whose conflict is solved, with the message as it is.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rebase",
    fixed("--continue"),
    fn = rebase_continue,
    tier = destructive
)]
pub struct GitRebaseContinue {}

/// Goes on with a rebase, without the commit that has a conflict.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "rebase", fixed("--skip"), fn = rebase_skip, tier = destructive)]
pub struct GitRebaseSkip {}

/// Ends a rebase, and puts the branch back.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "rebase", fixed("--abort"), fn = rebase_abort, tier = destructive)]
pub struct GitRebaseAbort {}

/// Ends a rebase, and leaves `HEAD` where it is.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "rebase", fixed("--quit"), fn = rebase_quit, tier = write)]
pub struct GitRebaseQuit {}

/// Prints the change that has a conflict.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rebase",
    fixed("--show-current-patch"),
    fn = rebase_show_current_patch,
    output = Vec<u8>,
    tier = read
)]
pub struct GitRebasePatch {}
