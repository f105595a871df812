//! `git stash`: puts changes aside.

use cuprum::Command;

use crate::args::{CommitHash, GitRef, Pathspec};
use crate::git::{Compare, Diff, DiffText, Git, ObjectId, Stash};

/// Puts the changes of index and work tree aside (git-stash(1)).
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["stash", "push"], fn = stash_push, tier = write)]
pub struct GitStashPush {
    /// Leaves the index as it is, or does not.
    #[arg(negatable)]
    pub keep_index: Option<bool>,
    /// Takes the index only.
    #[arg(since = "2.35")]
    pub staged: bool,
    /// Takes files that git does not know, too.
    pub include_untracked: bool,
    /// Takes ignored files, too.
    #[arg(conflicts("include_untracked"))]
    pub all: bool,
    /// What it is called.
    pub message: Option<String>,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Takes these files and directories only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// Lists what was put aside, newest first.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["stash", "list"],
    fixed(Stash::FORMAT),
    fn = stash_list,
    output = Vec<Stash>,
    parse = Stash::read_list,
    tier = read
)]
pub struct GitStashList {}

/// Lists the files of what was put aside.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["stash", "show"],
    fixed(Diff::FORMAT),
    fn = stash_show,
    output = Diff,
    tier = read
)]
pub struct GitStashShow {
    /// With files that git did not know.
    #[arg(since = "2.32")]
    pub include_untracked: bool,
    /// These only.
    #[arg(since = "2.32")]
    pub only_untracked: bool,
    /// Which, counted from 0, the newest; the newest by default.
    #[arg(positional)]
    pub stash: Option<u32>,
}

/// Makes the changes again that were put aside, and keeps them there.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["stash", "apply"], fn = stash_apply, tier = write)]
pub struct GitStashApply {
    /// Makes the changes of the index in the index.
    pub index: bool,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Which, counted from 0; the newest by default.
    #[arg(positional)]
    pub stash: Option<u32>,
}

/// Makes the changes again that were put aside, and drops them there.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["stash", "pop"], fn = stash_pop, tier = write)]
pub struct GitStashPop {
    /// Makes the changes of the index in the index.
    pub index: bool,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Which, counted from 0; the newest by default.
    #[arg(positional)]
    pub stash: Option<u32>,
}

/// Drops what was put aside; it is gone for good.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["stash", "drop"], fn = stash_drop, tier = destructive)]
pub struct GitStashDrop {
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// Which, counted from 0; the newest by default.
    #[arg(positional)]
    pub stash: Option<u32>,
}

/// Drops everything that was put aside.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["stash", "clear"], fn = stash_clear, tier = destructive)]
pub struct GitStashClear {}

/// Makes a branch where changes were put aside, and makes them again there.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["stash", "branch"], fn = stash_branch, tier = write)]
pub struct GitStashBranch {
    /// The branch.
    #[arg(positional)]
    pub name: GitRef,
    /// Which, counted from 0; the newest by default.
    #[arg(positional)]
    pub stash: Option<u32>,
}

/// Makes a commit of the changes, and leaves everything as it is; `None` if there is none.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["stash", "create"],
    fn = stash_create,
    output = Option<ObjectId>,
    parse = ObjectId::read_optional,
    tier = write
)]
pub struct GitStashCreate {}

/// Lists a commit of [`stash_create`] as put aside.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["stash", "store"], fn = stash_store, tier = write)]
pub struct GitStashStore {
    /// What it is called.
    pub message: Option<String>,
    /// Prints errors and warnings only.
    pub quiet: bool,
    /// The commit.
    #[arg(positional)]
    pub commit: CommitHash,
}

/// Prints what was put aside, as statistics unless said otherwise.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["stash", "show"],
    fixed("--no-ext-diff", "--no-textconv"),
    fn = stash_show_text,
    output = Vec<u8>,
    tier = read
)]
pub struct GitStashShowText {
    /// With files that git did not know.
    #[arg(since = "2.32")]
    pub include_untracked: bool,
    /// These only.
    #[arg(since = "2.32")]
    pub only_untracked: bool,
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// How differences are printed.
    #[arg(flatten)]
    pub diff: DiffText,
    /// Which, counted from 0, the newest; the newest by default.
    #[arg(positional)]
    pub stash: Option<u32>,
}
