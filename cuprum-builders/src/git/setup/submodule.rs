//! `git submodule`: repositories inside the work tree, as far as nothing is fetched or run.

use cuprum::{Args, Command};

use crate::args::{GitRef, Pathspec, RemoteUrl, Revision};
use crate::git::{Git, SubmoduleStatus};

/// Lists submodules and the commits that they are at (git-submodule(1)).
///
/// The command is a script, which takes paths behind `--` only.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["submodule", "status"],
    fn = submodule_status,
    separator = none,
    output = Vec<SubmoduleStatus>,
    parse = SubmoduleStatus::read_list,
    tier = read
)]
pub struct GitSubmoduleStatus {
    /// The commits that are recorded, instead of those that are checked out.
    pub cached: bool,
    /// With submodules of submodules.
    pub recursive: bool,
    /// These only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// Registers submodules in the repository's configuration; nothing is fetched.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["submodule", "init"],
    fn = submodule_init,
    separator = "--",
    tier = write
)]
pub struct GitSubmoduleInit {
    /// These only.
    #[arg(positional)]
    pub paths: Vec<Pathspec>,
}

/// Unregisters submodules, and empties their directories.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["submodule", "deinit"],
    fn = submodule_deinit,
    separator = none,
    tier = write
)]
pub struct GitSubmoduleDeinit {
    /// Also where there are changes, which are lost.
    #[arg(danger = "loss")]
    pub force: bool,
    /// All of them.
    #[arg(conflicts("paths"))]
    pub all: bool,
    /// These.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// Sets which branch a submodule follows.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["submodule", "set-branch"],
    fn = submodule_set_branch,
    separator = none,
    tier = write
)]
pub struct GitSubmoduleSetBranch {
    /// Which.
    #[arg(flatten, required)]
    pub branch: SubmoduleBranch,
    /// The submodule.
    #[arg(last)]
    pub path: Pathspec,
}

/// A branch of a submodule.
#[derive(Clone, Debug, Args)]
pub enum SubmoduleBranch {
    /// That of its `HEAD`.
    Default,
    /// This one.
    #[arg(style = "space")]
    Branch(GitRef),
}

/// Sets the address of a submodule, here and in `.gitmodules`.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["submodule", "set-url"],
    fn = submodule_set_url,
    separator = "--",
    tier = write
)]
pub struct GitSubmoduleSetUrl {
    /// The submodule.
    #[arg(positional)]
    pub path: Pathspec,
    /// The address.
    #[arg(positional)]
    pub url: RemoteUrl,
}

/// Takes the addresses of submodules from `.gitmodules`.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["submodule", "sync"],
    fn = submodule_sync,
    separator = none,
    tier = write
)]
pub struct GitSubmoduleSync {
    /// Those of submodules of submodules, too.
    pub recursive: bool,
    /// These only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// Moves git's files of submodules below those of this repository.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["submodule", "absorbgitdirs"],
    fn = submodule_absorb,
    separator = "--",
    tier = write
)]
pub struct GitSubmoduleAbsorb {
    /// These only.
    #[arg(positional)]
    pub paths: Vec<Pathspec>,
}

/// Prints the commits between a submodule's commit and the one that is recorded, for people.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["submodule", "summary"],
    fn = submodule_summary,
    separator = none,
    output = Vec<u8>,
    tier = read
)]
pub struct GitSubmoduleSummary {
    /// As it is in the index.
    #[arg(conflicts("files"))]
    pub cached: bool,
    /// Compares the index and the work tree.
    pub files: bool,
    /// How many commits at most.
    #[arg(style = "space")]
    pub summary_limit: Option<u32>,
    /// Compares with this commit; `HEAD` by default.
    #[arg(positional)]
    pub commit: Option<Revision>,
    /// These only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}
