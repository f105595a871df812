//! `git for-each-ref`, `show-ref`, `symbolic-ref` and `update-ref`: refs of any kind.

use cuprum::{Args, Command};

use crate::args::{CommitHash, GitRef, RefPattern};
use crate::git::{Git, RawText, Ref, RefChanges, RefFilter, RefLine, When};

/// Lists refs with their objects (git-for-each-ref(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "for-each-ref",
    fixed(Ref::FORMAT),
    fn = for_each_ref,
    output = Vec<Ref>,
    parse = Ref::read_list,
    tier = read
)]
pub struct GitForEachRef {
    /// Which refs, and in which order.
    #[arg(flatten)]
    pub filter: RefFilter,
    /// How many are listed at most.
    pub count: Option<u32>,
    /// Not those that match.
    #[arg(since = "2.42")]
    pub exclude: Vec<RefPattern>,
    /// `HEAD` and the like, too.
    #[arg(since = "2.45")]
    pub include_root_refs: bool,
    /// Only refs that match, from the start of their full names.
    #[arg(positional)]
    pub patterns: Vec<RefPattern>,
}

/// Prints refs in a format (git-for-each-ref(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "for-each-ref",
    fn = for_each_ref_text,
    output = Vec<u8>,
    tier = read
)]
pub struct GitForEachRefText {
    /// What is printed of each ref.
    pub format: String,
    /// For which language what is printed is quoted.
    #[arg(flatten)]
    pub quoting: Option<RefQuoting>,
    /// Prints no line where the format gives none.
    #[arg(since = "2.41")]
    pub omit_empty: bool,
    /// Uses the colors of the format.
    pub color: Option<Option<When>>,
    /// Which refs, and in which order.
    #[arg(flatten)]
    pub filter: RefFilter,
    /// How many are listed at most.
    pub count: Option<u32>,
    /// Only refs that match, from the start of their full names.
    #[arg(positional)]
    pub patterns: Vec<RefPattern>,
}

/// A language.
#[derive(Clone, Debug, Args)]
pub enum RefQuoting {
    /// A shell.
    Shell,
    /// Perl.
    Perl,
    /// Python.
    Python,
    /// Tcl.
    Tcl,
}

/// Lists refs and their ids (git-show-ref(1)); none is an empty list.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "show-ref",
    fn = show_ref,
    ok(0, 1),
    output = Vec<RefLine>,
    parse = RefLine::read_list,
    tier = read
)]
pub struct GitShowRef {
    /// `HEAD`, too.
    pub head: bool,
    /// Tags only.
    pub tags: bool,
    /// Branches only.
    #[arg(since = "2.46")]
    pub branches: bool,
    /// What tags stand for, too.
    pub dereference: bool,
    /// Only refs whose names end like this.
    #[arg(positional)]
    pub patterns: Vec<RefPattern>,
}

/// Tells whether there is a ref of this full name.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "show-ref",
    fixed("--verify", "--quiet"),
    fn = ref_exists,
    ok(0, 1),
    output = bool,
    parse = crate::git::exit_zero,
    tier = read
)]
pub struct GitRefExists {
    /// The full name.
    #[arg(positional)]
    pub name: GitRef,
}

/// Returns the ref that a symbolic ref names, or `None` if it is none (git-symbolic-ref(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "symbolic-ref",
    fixed("--quiet"),
    fn = symbolic_ref,
    ok(0, 1),
    output = Option<RawText>,
    parse = RawText::read_optional,
    tier = read
)]
pub struct GitSymbolicRef {
    /// A short name.
    pub short: bool,
    /// Follows a symbolic ref that it names, or does not; by default it does.
    #[arg(negatable, since = "2.39")]
    pub recurse: Option<bool>,
    /// The symbolic ref, `HEAD` for example.
    #[arg(positional)]
    pub name: GitRef,
}

/// Makes a symbolic ref name another.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "symbolic-ref", fn = symbolic_ref_set, tier = write)]
pub struct GitSymbolicRefSet {
    /// Why, for its log.
    #[arg(short = 'm')]
    pub reason: Option<String>,
    /// The symbolic ref.
    #[arg(positional)]
    pub name: GitRef,
    /// The full name of the other.
    #[arg(positional)]
    pub target: GitRef,
}

/// Deletes a symbolic ref.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "symbolic-ref",
    fixed("--delete"),
    fn = symbolic_ref_delete,
    tier = write
)]
pub struct GitSymbolicRefDelete {
    /// The symbolic ref.
    #[arg(positional)]
    pub name: GitRef,
}

/// Makes a ref name an object (git-update-ref(1)).
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "update-ref", fn = update_ref, tier = destructive)]
pub struct GitUpdateRef {
    /// Why, for its log.
    #[arg(short = 'm')]
    pub reason: Option<String>,
    /// Follows a symbolic ref, or changes that itself; by default it follows.
    #[arg(negatable)]
    pub deref: Option<bool>,
    /// Records what it names.
    pub create_reflog: bool,
    /// The full name.
    #[arg(positional)]
    pub name: GitRef,
    /// The object.
    #[arg(positional)]
    pub to: CommitHash,
    /// What it must name before.
    #[arg(positional)]
    pub expected: Option<CommitHash>,
}

/// Deletes a ref.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "update-ref",
    fixed("-d"),
    fn = update_ref_delete,
    tier = destructive
)]
pub struct GitUpdateRefDelete {
    /// Why, for its log.
    #[arg(short = 'm')]
    pub reason: Option<String>,
    /// Follows a symbolic ref, or deletes that itself; by default it follows.
    #[arg(negatable)]
    pub deref: Option<bool>,
    /// The full name.
    #[arg(positional)]
    pub name: GitRef,
    /// What it must name before.
    #[arg(positional)]
    pub expected: Option<CommitHash>,
}

/// Changes several refs, all or none (git-update-ref(1), `--stdin`).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "update-ref",
    fixed("-z", "--stdin"),
    fn = update_refs,
    tier = destructive
)]
pub struct GitUpdateRefs {
    /// Why, for their logs.
    #[arg(short = 'm')]
    pub reason: Option<String>,
    /// Changes symbolic refs themselves.
    pub no_deref: bool,
    /// Records what they name.
    pub create_reflog: bool,
    /// The changes.
    #[arg(stdin)]
    pub changes: RefChanges,
}
