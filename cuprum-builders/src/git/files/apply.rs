//! `git apply`: makes the changes of a patch.

use cuprum::spec::IntoArg;
use cuprum::{Args, Command};

use crate::args::{Glob, RelPath};
use crate::git::{Git, WhitespaceAction, exit_zero};

/// Makes the changes of a patch in the work tree (git-apply(1)), all or none of them.
///
/// The patch goes to git's standard input. Paths that lead out of the work tree, or through a symbolic link, are
/// refused, whatever the patch says.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "apply", fn = apply, tier = write)]
pub struct GitApply {
    /// What is changed; by default files of the work tree only.
    #[arg(flatten)]
    pub to: Option<ApplyTo>,
    /// Marks new files as to be added.
    pub intent_to_add: bool,
    /// Makes hunks that fit, and leaves others in files that end with `.rej`.
    pub reject: bool,
    /// Whose version is taken where a hunk does not fit, for [`ApplyTo::ThreeWay`]; by default a conflict.
    #[arg(flatten)]
    pub favor: Option<Favor>,
    /// How the patch is read.
    #[arg(flatten)]
    pub reading: PatchReading,
    /// Says more.
    pub verbose: bool,
    /// Prints errors and warnings only.
    #[arg(since = "2.36", conflicts("verbose"))]
    pub quiet: bool,
    /// The patch.
    #[arg(stdin)]
    pub patch: Patch,
}

/// Tells whether a patch could be applied.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "apply",
    fixed("--check"),
    fn = applies,
    ok(0, 1),
    output = bool,
    parse = exit_zero,
    tier = read
)]
pub struct GitApplies {
    /// To what; by default to files of the work tree only.
    #[arg(flatten)]
    pub to: Option<ApplyTo>,
    /// Whose version is taken where a hunk does not fit, for [`ApplyTo::ThreeWay`]; by default a conflict.
    #[arg(flatten)]
    pub favor: Option<Favor>,
    /// How the patch is read.
    #[arg(flatten)]
    pub reading: PatchReading,
    /// The patch.
    #[arg(stdin)]
    pub patch: Patch,
}

/// What a patch is applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Args)]
pub enum ApplyTo {
    /// Files of the work tree and the index, which must be equal.
    Index,
    /// The index alone.
    Cached,
    /// Both, with conflicts where a hunk does not fit and the versions that it was made from are known.
    #[arg(long = "3way")]
    ThreeWay,
}

/// Whose version is taken where a hunk does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Args)]
pub enum Favor {
    /// That of the work tree.
    #[arg(since = "2.47")]
    Ours,
    /// That of the patch.
    #[arg(since = "2.47")]
    Theirs,
    /// Both, one after the other.
    #[arg(since = "2.47")]
    Union,
}

/// A patch as `git diff` prints it: any bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch(Vec<u8>);

impl AsRef<[u8]> for Patch {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl<B: Into<Vec<u8>>> From<B> for Patch {
    fn from(bytes: B) -> Self {
        Self(bytes.into())
    }
}

impl IntoArg<Patch> for Vec<u8> {
    fn into_arg(self) -> Patch {
        self.into()
    }
}

impl IntoArg<Patch> for String {
    fn into_arg(self) -> Patch {
        self.into()
    }
}

impl IntoArg<Patch> for &str {
    fn into_arg(self) -> Patch {
        self.into()
    }
}

/// How a patch is read (git-apply(1)).
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct PatchReading {
    /// Leaves out changes of files that match.
    pub exclude: Vec<Glob>,
    /// Makes changes of files that match only.
    pub include: Vec<Glob>,
    /// How many leading components of paths are dropped; 1 by default.
    #[arg(short = 'p', style = "attached")]
    pub strip: Option<u8>,
    /// A directory that all paths are below.
    pub directory: Option<RelPath>,
    /// Takes the changes back.
    pub reverse: bool,
    /// How many lines around a change must be the same; by default all of them.
    #[arg(short = 'C', style = "attached")]
    pub context: Option<u32>,
    /// Takes hunks without lines around them.
    pub unidiff_zero: bool,
    /// Counts the lines of hunks anew.
    pub recount: bool,
    /// Takes hunks that overlap.
    pub allow_overlap: bool,
    /// Leaves out added lines.
    pub no_add: bool,
    /// Takes a patch that does not say that the last line has no end.
    pub inaccurate_eof: bool,
    /// What is done about wrong white space.
    pub whitespace: Option<WhitespaceAction>,
    /// Ignores white space where the lines around are compared.
    pub ignore_whitespace: bool,
    /// Takes a patch without changes.
    #[arg(since = "2.35")]
    pub allow_empty: bool,
}
