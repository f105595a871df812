//! Commands that are unchecked as a whole.

use std::ffi::OsString;

use cuprum::{ArgValue, Args, Command};

use crate::args::{ConfigKey, GitRef, Pathspec, RemoteUrl, RevisionRange, SafePath};
use crate::git::{Compare, ConfigScopeOption, ConfigValue, Git, MailOptions, ObjectFilter, RawText};

/// Sets any variable, also one that makes git run programs (git-config(1)).
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "config", fn = config_set_any, tier = destructive)]
pub struct GitConfigSetAny {
    /// In which file; by default that of the repository.
    #[arg(flatten)]
    pub scope: Option<ConfigScopeOption>,
    /// The variable.
    #[arg(positional)]
    pub key: ConfigKey,
    /// The value.
    #[arg(positional)]
    pub value: ConfigValue,
}

/// Clones a repository into the work tree as a submodule.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["submodule", "add"],
    fn = submodule_add,
    separator = none,
    tier = destructive
)]
pub struct GitSubmoduleAdd {
    /// The branch that it follows.
    #[arg(style = "space")]
    pub branch: Option<GitRef>,
    /// Also where the path is ignored.
    pub force: bool,
    /// What it is called.
    #[arg(style = "space")]
    pub name: Option<GitRef>,
    /// So many commits only.
    #[arg(style = "space")]
    pub depth: Option<u32>,
    /// Takes objects from this repository.
    #[arg(style = "space", danger = "exec")]
    pub reference: Option<SafePath>,
    /// The address.
    #[arg(last)]
    pub url: RemoteUrl,
    /// Where it goes.
    #[arg(last)]
    pub path: Option<Pathspec>,
}

/// Fetches submodules, and checks out what is recorded.
///
/// Their addresses, and perhaps a program, are named by files of the repository.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["submodule", "update"],
    fn = submodule_update,
    separator = none,
    tier = destructive
)]
pub struct GitSubmoduleUpdate {
    /// Registers them first.
    pub init: bool,
    /// Takes what their branch has now.
    pub remote: bool,
    /// Fetches nothing.
    pub no_fetch: bool,
    /// Throws away changes.
    pub force: bool,
    /// How a commit is taken over.
    #[arg(flatten)]
    pub how: Option<UpdateSubmodule>,
    /// Fetches one branch only, or all.
    #[arg(negatable)]
    pub single_branch: Option<bool>,
    /// Follows what `.gitmodules` recommends, or does not.
    #[arg(negatable)]
    pub recommend_shallow: Option<bool>,
    /// Leaves these objects out.
    #[arg(style = "space")]
    pub filter: Option<ObjectFilter>,
    /// So many commits only.
    #[arg(style = "space")]
    pub depth: Option<u32>,
    /// Takes objects from this repository.
    #[arg(style = "space", danger = "exec")]
    pub reference: Option<SafePath>,
    /// How many are fetched at a time.
    #[arg(style = "space")]
    pub jobs: Option<u32>,
    /// Submodules of submodules, too.
    pub recursive: bool,
    /// These only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// How a commit of a submodule is taken over.
#[derive(Clone, Debug, Args)]
pub enum UpdateSubmodule {
    /// It is checked out.
    Checkout,
    /// It is merged.
    Merge,
    /// Local commits are moved onto it.
    Rebase,
}

/// Runs a command in each submodule.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["submodule", "foreach"],
    fn = submodule_foreach,
    separator = none,
    output = Vec<u8>,
    tier = destructive
)]
pub struct GitSubmoduleForeach {
    /// In submodules of submodules, too.
    pub recursive: bool,
    /// The command, which a shell reads.
    #[arg(positional)]
    pub command: ShellCommand,
}

/// Runs a program on commits until the first with the change is found (git-bisect(1)).
///
/// It follows [`bisect_start`](crate::git::bisect_start), and both ends must be named. The program says by
/// its exit code what a commit is: 0 is good, 125 cannot be tested, any other up to 127 is bad. What it prints
/// comes with what git prints; what was found is told by [`bisect_log`](crate::git::bisect_log).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["bisect", "run"],
    fn = bisect_run,
    separator = none,
    ok(0, 2),
    output = Vec<u8>,
    tier = destructive
)]
pub struct GitBisectRun {
    /// The program and its arguments, each as it is: git quotes them for the shell that it starts.
    #[arg(positional, min = 1, allow_hyphen)]
    pub command: Vec<OsString>,
}

/// Writes commits as mails, each to a file whose name its subject and number make (git-format-patch(1)).
///
/// A file of that name is overwritten; where it is a link, what that leads to: the directory must be the caller's
/// own. Returned are the names. [`format_patch`](crate::git::format_patch) writes nothing.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "format-patch",
    fixed("--suffix=.patch", "--no-attach", "--no-zero-commit", "--no-signature", "--no-ext-diff", "--no-textconv"),
    fn = format_patch_files,
    output = Vec<RawText>,
    parse = RawText::read_lines,
    tier = destructive
)]
pub struct GitFormatPatchFiles {
    /// The directory, which is made where it is not there.
    pub output_directory: SafePath,
    /// Names files by their number only.
    pub numbered_files: bool,
    /// How long a name may be; 64 bytes by default.
    #[arg(since = "2.31")]
    pub filename_max_length: Option<u32>,
    /// Begins with a file about all of them, to be filled in, or does not.
    #[arg(negatable)]
    pub cover_letter: Option<bool>,
    /// What of it comes from the description of the branch, a text that [`am`](crate::git::am) can take for mails.
    #[arg(since = "2.25")]
    pub cover_from_description: Option<CoverText>,
    /// What stands in the mails.
    #[arg(flatten)]
    pub mail: MailOptions,
    /// How versions are compared.
    #[arg(flatten)]
    pub compare: Compare,
    /// A range, or the revision after which it begins; it ends with `HEAD` then.
    #[arg(positional)]
    pub range: RevisionRange,
    /// Writes only commits that change these files and directories.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// What of a first mail comes from the description of the branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum CoverText {
    /// Its text, which is the default.
    Message,
    /// The same.
    Default,
    /// The subject by its first paragraph, the text by the rest.
    Subject,
    /// As [`Subject`](Self::Subject), unless the first paragraph is too long.
    Auto,
    /// Nothing.
    None,
}

/// Checks the signatures of tags, as [`Git`](crate::git::Git) says.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "tag",
    fixed("--verify"),
    fn = tag_verify,
    output = Vec<u8>,
    tier = destructive
)]
pub struct GitTagVerify {
    /// The tags.
    #[arg(positional, min = 1)]
    pub names: Vec<GitRef>,
}

/// A command that a shell reads; a space before it keeps it from being an option.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ShellCommand(String);

impl ShellCommand {
    /// Takes a command.
    pub fn new(command: impl Into<String>) -> Self {
        Self(command.into())
    }
}

/// A space and the command.
impl ArgValue for ShellCommand {
    fn to_os(&self) -> OsString {
        format!(" {}", self.0).into()
    }
}

impl cuprum::spec::Operand for ShellCommand {}
