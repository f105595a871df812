//! How histories are joined: what `merge`, `rebase`, `cherry-pick` and `revert` share.

use cuprum::{ArgValue, Args};

use crate::git::StrategyOption;

/// How histories are joined.
#[derive(Clone, Debug, Args)]
pub struct Joining {
    /// How the contents are joined; `ort` by default.
    pub strategy: Option<Strategy>,
    /// How that strategy decides.
    pub strategy_option: Vec<StrategyOption>,
    /// Puts what was joined as an earlier time into the index, or does not.
    #[arg(negatable)]
    pub rerere_autoupdate: Option<bool>,
}

/// How contents are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Strategy {
    /// By content, with renames: the default for two branches.
    Ort,
    /// The older form of it.
    Recursive,
    /// By one common ancestor, without renames.
    Resolve,
    /// More than two branches, without conflicts: the default for them.
    Octopus,
    /// The result is ours, whatever the others have.
    Ours,
    /// As [`Ort`](Self::Ort), for a tree that is a subdirectory of the other.
    Subtree,
}

/// How a message is cleaned up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Cleanup {
    /// Blank lines, white space at ends of lines, and comments go.
    Strip,
    /// Blank lines and white space at ends of lines go.
    Whitespace,
    /// Nothing goes.
    Verbatim,
    /// As [`Whitespace`](Self::Whitespace), and what follows the line with scissors goes.
    Scissors,
    /// As [`Strip`](Self::Strip) if the message is edited, else as [`Whitespace`](Self::Whitespace).
    Default,
}

/// How a conflict is shown in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum ConflictStyle {
    /// By both versions.
    Merge,
    /// By both versions and what they began with.
    Diff3,
    /// The same, without what both have at their edges.
    Zdiff3,
}

/// What becomes of a commit that changes nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum OnEmpty {
    /// It goes.
    Drop,
    /// It stays.
    Keep,
    /// Git stops.
    Stop,
}

/// What a new branch follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Track {
    /// The branch that it begins at.
    Direct,
    /// What that one follows.
    Inherit,
}

/// What is not looked for in submodules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum SubmoduleScan {
    /// Nothing: everything is looked for.
    None,
    /// Files that git does not know.
    Untracked,
    /// All changes of the work tree.
    Dirty,
    /// Everything.
    All,
}
