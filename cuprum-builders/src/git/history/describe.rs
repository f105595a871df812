//! `git describe`: a name for a commit.

use cuprum::Command;

use crate::args::{Glob, Revision};
use crate::git::{Description, Git, RawText};

/// Names a commit by the nearest tag (git-describe(1)); without any tag git fails, unless
/// [`always`](Self::always).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "describe",
    fixed("--long"),
    fn = describe,
    output = Description,
    parse = Description::read,
    tier = read
)]
pub struct GitDescribe {
    /// Takes any ref, not just annotated tags.
    pub all: bool,
    /// Takes any tag.
    pub tags: bool,
    /// Follows the first parent of merges only.
    pub first_parent: bool,
    /// How many digits of the id at least.
    pub abbrev: Option<Option<u8>>,
    /// Takes only a tag of this very commit.
    pub exact_match: bool,
    /// How many tags are considered; 10 by default.
    pub candidates: Option<u32>,
    /// Takes only tags that match.
    #[arg(long = "match")]
    pub match_: Vec<Glob>,
    /// Takes no tags that match.
    pub exclude: Vec<Glob>,
    /// Names a commit without a tag by its id.
    pub always: bool,
    /// Says whether the work tree differs.
    #[arg(conflicts("commit"))]
    pub dirty: bool,
    /// Says whether the work tree is broken.
    #[arg(conflicts("commit"))]
    pub broken: bool,
    /// The commit; `HEAD` by default.
    #[arg(positional)]
    pub commit: Option<Revision>,
}

/// Names a commit by the tag that comes after it (git-describe(1), `--contains`).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "describe",
    fixed("--contains"),
    fn = describe_contains,
    output = RawText,
    parse = RawText::read,
    tier = read
)]
pub struct GitDescribeContains {
    /// Takes any ref.
    pub all: bool,
    /// Names a commit without a tag by its id.
    pub always: bool,
    /// Takes only tags that match.
    #[arg(long = "match")]
    pub match_: Vec<Glob>,
    /// Takes no tags that match.
    pub exclude: Vec<Glob>,
    /// The commit; `HEAD` by default.
    #[arg(positional)]
    pub commit: Option<Revision>,
}
