//! Which refs are listed: what `for-each-ref`, `branch` and `tag` share.

use cuprum::Args;

use crate::args::Revision;
use crate::git::SortKey;

/// Which refs are listed (git-for-each-ref(1)).
#[derive(Clone, Debug, Args)]
pub struct RefFilter {
    /// Only those that reach this commit.
    pub contains: Vec<Revision>,
    /// Only those that do not reach this commit.
    pub no_contains: Vec<Revision>,
    /// Only those that this commit reaches.
    pub merged: Vec<Revision>,
    /// Only those that this commit does not reach.
    pub no_merged: Vec<Revision>,
    /// Only those that name this object.
    pub points_at: Vec<Revision>,
    /// Ignores the case of letters, when sorting and comparing.
    #[arg(negatable)]
    pub ignore_case: Option<bool>,
    /// What they are sorted by; the last key counts first.
    pub sort: Vec<SortKey>,
}
