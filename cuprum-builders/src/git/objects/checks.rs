//! `git check-ignore` and `check-attr`: what rules say about paths.

use cuprum::Command;

use crate::args::Revision;
use crate::git::{AttributeOf, Git, IgnoreMatch, PathList};

/// Tells which rule ignores each path (git-check-ignore(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "check-ignore",
    fixed("-z", "--verbose", "--non-matching", "--stdin"),
    fn = check_ignore,
    ok(0, 1),
    output = Vec<IgnoreMatch>,
    parse = IgnoreMatch::read_list,
    // It takes no pathspecs, and refuses to read them literally; no path here begins with `:`.
    env("GIT_LITERAL_PATHSPECS" = "0"),
    tier = read
)]
pub struct GitCheckIgnore {
    /// Looks at tracked files as at others.
    pub no_index: bool,
    /// The paths.
    #[arg(stdin)]
    pub paths: PathList,
}

/// Tells the attributes of paths (git-check-attr(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "check-attr",
    fixed("-z", "--all", "--stdin"),
    fn = check_attr,
    output = Vec<AttributeOf>,
    parse = AttributeOf::read_list,
    tier = read
)]
pub struct GitCheckAttr {
    /// Takes `.gitattributes` of the index only.
    pub cached: bool,
    /// Takes `.gitattributes` of this tree.
    #[arg(since = "2.40")]
    pub source: Option<Revision>,
    /// The paths.
    #[arg(stdin)]
    pub paths: PathList,
}
