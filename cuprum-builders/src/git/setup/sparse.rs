//! `git sparse-checkout`: a work tree with some directories only.

use cuprum::Command;
use cuprum::spec::OutputError;

use crate::args::Pathspec;
use crate::git::output::quoted_lines;
use crate::git::{Git, RawPath};

/// Lists the directories that are checked out, with all that is below them (git-sparse-checkout(1)).
///
/// It fails where the whole work tree is checked out.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["sparse-checkout", "list"],
    fn = sparse_list,
    output = Vec<RawPath>,
    parse = listed,
    tier = read
)]
pub struct GitSparseList {}

fn listed(outcome: &cuprum::Outcome) -> Result<Vec<RawPath>, OutputError> {
    quoted_lines(outcome.complete_stdout()?)
}

/// Checks out these directories only, and the files at the top (git-sparse-checkout(1)); since git 2.35.
///
/// Files with changes stay. Names with `*`, `?`, `[` or `\` in them are refused by git, which would take them
/// for patterns; so is a name that begins with `!`.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["sparse-checkout", "set"],
    fn = sparse_set,
    separator = none,
    tier = write
)]
pub struct GitSparseSet {
    /// That names stand for directories; it is always so.
    #[arg(flatten)]
    pub cone: SparseCone,
    /// Keeps what is not checked out as directories in the index, too, or does not.
    #[arg(negatable)]
    pub sparse_index: Option<bool>,
    /// The directories, from the top of the work tree; none leaves the files at the top.
    #[arg(positional)]
    pub directories: Vec<Pathspec>,
}

/// What names stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, cuprum::Args)]
pub enum SparseCone {
    /// For directories.
    #[default]
    #[arg(since = "2.35")]
    Cone,
}

/// Checks out these directories, too.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["sparse-checkout", "add"],
    fn = sparse_add,
    separator = none,
    tier = write
)]
pub struct GitSparseAdd {
    /// The directories, from the top of the work tree.
    #[arg(positional, min = 1)]
    pub directories: Vec<Pathspec>,
}

/// Takes away again what a merge or another command has checked out besides.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["sparse-checkout", "reapply"], fn = sparse_reapply, tier = write)]
pub struct GitSparseReapply {
    /// Keeps what is not checked out as directories in the index, too, or does not.
    #[arg(negatable)]
    pub sparse_index: Option<bool>,
}

/// Checks out the whole work tree again.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["sparse-checkout", "disable"], fn = sparse_disable, tier = write)]
pub struct GitSparseDisable {}
