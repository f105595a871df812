//! `git cherry-pick` and `git revert`: makes changes of other commits, or takes them back.

use cuprum::{Args, Command};

use crate::args::RevisionRange;
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Cleanup, Git, Joining, OnEmpty};

/// Makes the changes of commits again (git-cherry-pick(1)).
///
/// A conflict is an error; [`cherry_pick_step`] goes on from there.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "cherry-pick", fixed("--no-edit"), fn = cherry_pick, tier = write)]
pub struct GitCherryPick {
    /// Makes the changes, and records nothing.
    pub no_commit: bool,
    /// Names the origin in the message.
    #[arg(short = 'x')]
    pub note_origin: bool,
    /// Adds a `Signed-off-by` line.
    pub signoff: bool,
    /// Of a merge, the changes against this parent, counted from 1.
    pub mainline: Option<u32>,
    /// Moves the branch where that is the same.
    pub ff: bool,
    /// Makes commits again that never changed anything.
    pub allow_empty: bool,
    /// Takes a message without text.
    pub allow_empty_message: bool,
    /// Makes commits again that change nothing any more.
    pub keep_redundant_commits: bool,
    /// What becomes of these.
    #[arg(since = "2.45")]
    pub empty: Option<OnEmpty>,
    /// How the message is cleaned up.
    pub cleanup: Option<Cleanup>,
    /// How the contents are joined.
    #[arg(flatten)]
    pub joining: Joining,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::SignUnchecked,
    /// The commits, or ranges.
    #[arg(positional, min = 1)]
    pub commits: Vec<RevisionRange>,
}

/// Goes on with `cherry-pick` after a conflict.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "cherry-pick", fn = cherry_pick_step, tier = destructive)]
pub struct GitCherryPickStep {
    /// How.
    #[arg(flatten, required)]
    pub step: Step,
}

/// How it goes on after a conflict.
#[derive(Clone, Debug, Args)]
pub enum Step {
    /// The conflict is solved: with the next commit.
    Continue,
    /// Without this commit.
    Skip,
    /// Not at all; everything is put back.
    Abort,
    /// Not at all; everything stays as it is.
    Quit,
}

/// Makes commits that take others back (git-revert(1)).
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "revert", fixed("--no-edit"), fn = revert, tier = write)]
pub struct GitRevert {
    /// Makes the changes, and records nothing.
    pub no_commit: bool,
    /// Adds a `Signed-off-by` line.
    pub signoff: bool,
    /// Of a merge, the changes against this parent, counted from 1.
    pub mainline: Option<u32>,
    /// Names the commit by its short id and date.
    #[arg(since = "2.36")]
    pub reference: bool,
    /// How the message is cleaned up.
    pub cleanup: Option<Cleanup>,
    /// How the contents are joined.
    #[arg(flatten)]
    pub joining: Joining,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::SignUnchecked,
    /// The commits, or ranges.
    #[arg(positional, min = 1)]
    pub commits: Vec<RevisionRange>,
}

/// Goes on with `revert` after a conflict.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "revert", fn = revert_step, tier = destructive)]
pub struct GitRevertStep {
    /// How.
    #[arg(flatten, required)]
    pub step: Step,
}
