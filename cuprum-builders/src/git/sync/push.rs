//! `git push`: sends commits and updates refs of another repository.

use cuprum::Command;

use crate::args::RefSpec;
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{Git, Lease, Net, Pushed, Remote};

/// Sends commits, and updates refs of another repository (git-push(1)).
///
/// A ref that was not updated is an error; the others are updated, unless [`atomic`](Self::atomic). What
/// each became is in the error's outcome, for [`Pushed::parse`]. What can lose commits of the other side
/// raises the tier.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "push",
    fixed("--receive-pack=git-receive-pack", "--no-recurse-submodules", "--no-signed", Pushed::FORMAT),
    fn = push,
    output = Pushed,
    tier = write
)]
pub struct GitPush {
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Lists refs that are up to date, too.
    pub verbose: bool,
    /// Pushes all branches.
    #[arg(conflicts("tags"))]
    pub all: bool,
    /// Makes all refs of the other side what they are here, and deletes those that are not here.
    #[arg(danger = "loss", conflicts("all", "tags"))]
    pub mirror: bool,
    /// Pushes all tags, too.
    pub tags: bool,
    /// Pushes annotated tags of the commits, too, or does not.
    #[arg(negatable)]
    pub follow_tags: Option<bool>,
    /// Deletes the refs.
    #[arg(danger = "loss", conflicts("all", "mirror", "tags"))]
    pub delete: bool,
    /// Deletes refs of the other side that are not here.
    #[arg(danger = "loss")]
    pub prune: bool,
    /// Updates refs to commits that do not follow the old ones.
    #[arg(danger = "loss")]
    pub force: bool,
    /// Forces the update of a ref if the other side has what is expected.
    #[arg(danger = "loss")]
    pub force_with_lease: Vec<Lease>,
    /// Forces only what was merged or rebased here.
    #[arg(since = "2.30")]
    pub force_if_includes: bool,
    /// Updates nothing.
    pub dry_run: bool,
    /// Updates all refs or none.
    pub atomic: bool,
    /// Skips the hook `pre-push`, which does not run anyway unless hooks are switched on.
    pub no_verify: bool,
    /// Makes the branches follow what they were pushed to.
    pub set_upstream: bool,
    /// Sends differences to objects that the other side has, or does not; by default it does.
    #[arg(negatable)]
    pub thin: Option<bool>,
    /// Text for the hooks of the server.
    pub push_option: Vec<String>,
    /// How the other repository is talked to.
    #[arg(flatten)]
    pub net: Net,
    /// Options that run programs.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::PushUnchecked,
    /// The repository.
    #[arg(positional)]
    pub to: Remote,
    /// What is pushed; by default what git is configured to.
    #[arg(positional)]
    pub refs: Vec<RefSpec>,
}
