//! `git rev-parse`: ids, and where a repository is.

use cuprum::{Args, Command};

use crate::args::{GitRef, ObjectName, Pathspec};
use crate::git::{Git, ObjectId, RawPath, RawText, ShortId};

/// Returns the id of an object (git-rev-parse(1), `--verify`).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rev-parse",
    fixed("--verify"),
    fn = rev_parse,
    output = ObjectId,
    parse = ObjectId::read,
    tier = read
)]
pub struct GitRevParse {
    /// The object.
    #[arg(positional)]
    pub object: ObjectName,
}

/// Returns the id of an object, or `None` if there is no such object.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rev-parse",
    fixed("--verify", "--quiet"),
    fn = resolve,
    ok(0, 1),
    output = Option<ObjectId>,
    parse = ObjectId::read_optional,
    tier = read
)]
pub struct GitResolve {
    /// The object.
    #[arg(positional)]
    pub object: ObjectName,
}

/// Returns the full name of a ref, `refs/heads/main` for example; nothing if it is none.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rev-parse",
    fixed("--verify", "--symbolic-full-name"),
    fn = full_name,
    output = RawText,
    parse = RawText::read,
    tier = read
)]
pub struct GitFullName {
    /// The ref.
    #[arg(positional)]
    pub name: GitRef,
}

/// Returns as many digits of an id as tell it from all others (git-rev-parse(1), `--short`).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rev-parse",
    fixed("--verify"),
    fn = abbreviate,
    output = RawText,
    parse = RawText::read,
    tier = read
)]
pub struct GitAbbreviate {
    /// How many digits at least.
    #[arg(default = ShortId::default())]
    pub short: ShortId,
    /// The object.
    #[arg(positional)]
    pub object: ObjectName,
}

/// Tells where something of the repository is (git-rev-parse(1), "Options for Files").
///
/// The paths are absolute where git prints them so. Hooks are where they are configured to be, although
/// commands of this module, but for a commit, run none.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rev-parse",
    fn = place,
    output = RawPath,
    parse = RawPath::read,
    env("GIT_CONFIG_COUNT" = "22"),
    tier = read
)]
pub struct GitPlace {
    /// What.
    #[arg(flatten, required)]
    pub what: PlaceOf,
}

/// What is asked for.
#[derive(Clone, Debug, Args)]
pub enum PlaceOf {
    /// The top of the work tree.
    ShowToplevel,
    /// The directory with git's files, as an absolute path.
    AbsoluteGitDir,
    /// The same, perhaps from the working directory.
    GitDir,
    /// The same, of the main work tree.
    GitCommonDir,
    /// The working directory, from the top of the work tree; nothing at the top.
    ShowPrefix,
    /// The top of the work tree, from the working directory; nothing at the top.
    ShowCdup,
    /// The work tree of which this is a submodule; nothing if it is none.
    ShowSuperprojectWorkingTree,
    /// The shared index, if the index is split.
    SharedIndexPath,
    /// A file of git, `hooks` for example.
    #[arg(style = "space")]
    GitPath(Pathspec),
}

/// Tells whether a repository is of a kind (git-rev-parse(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "rev-parse",
    fn = is,
    output = bool,
    parse = crate::git::yes_or_no,
    tier = read
)]
pub struct GitIs {
    /// What.
    #[arg(flatten, required)]
    pub what: IsRepo,
}

/// A kind of repository or directory.
#[derive(Clone, Debug, Args)]
pub enum IsRepo {
    /// The working directory is inside a work tree.
    IsInsideWorkTree,
    /// It is inside the directory with git's files.
    IsInsideGitDir,
    /// The repository has no work tree.
    IsBareRepository,
    /// The repository has not its whole history.
    IsShallowRepository,
}
