//! Which commits are listed, and in which order: what `log`, `rev-list` and the like share.

use cuprum::{ArgValue, Args};

use crate::args::{GitDate, RefPattern, Revision};

/// Which commits are listed, and in which order (git-rev-list(1)).
#[derive(Clone, Debug, Args)]
pub struct Walk {
    /// How many commits are listed at most.
    pub max_count: Option<u32>,
    /// How many are left out at the start.
    pub skip: Option<u32>,
    /// Only commits that are newer.
    pub since: Option<GitDate>,
    /// Only commits that are newer, wherever they stand; [`since`](Self::since) stops at the first that is
    /// older.
    #[arg(since = "2.37")]
    pub since_as_filter: Option<GitDate>,
    /// Only commits that are older.
    pub until: Option<GitDate>,
    /// Only commits that are newer than this second since 1970.
    pub max_age: Option<u64>,
    /// Only commits that are older than this second since 1970.
    pub min_age: Option<u64>,
    /// Only commits whose author matches one of these regular expressions.
    pub author: Vec<String>,
    /// Only commits whose committer matches one of these regular expressions.
    pub committer: Vec<String>,
    /// Only commits whose message matches one of these regular expressions.
    pub grep: Vec<String>,
    /// Only commits whose message matches all of them.
    pub all_match: bool,
    /// Only commits whose message matches none of them.
    pub invert_grep: bool,
    /// Ignores the case of letters.
    pub regexp_ignore_case: bool,
    /// Takes the patterns as basic regular expressions, which is the default.
    pub basic_regexp: bool,
    /// Takes the patterns as extended regular expressions.
    #[arg(conflicts("basic_regexp"))]
    pub extended_regexp: bool,
    /// Takes the patterns as text.
    #[arg(conflicts("basic_regexp", "extended_regexp"))]
    pub fixed_strings: bool,
    /// Takes the patterns as Perl's regular expressions; not every git can.
    #[arg(conflicts("basic_regexp", "extended_regexp", "fixed_strings"))]
    pub perl_regexp: bool,
    /// Lists merges only.
    pub merges: bool,
    /// Leaves merges out.
    #[arg(conflicts("merges"))]
    pub no_merges: bool,
    /// Only commits with so many parents at least.
    pub min_parents: Option<u32>,
    /// Only commits with so many parents at most.
    pub max_parents: Option<u32>,
    /// Takes back a [`min_parents`](Self::min_parents) that another option implies.
    #[arg(conflicts("min_parents"))]
    pub no_min_parents: bool,
    /// Takes back a [`max_parents`](Self::max_parents) that another option implies.
    #[arg(conflicts("max_parents"))]
    pub no_max_parents: bool,
    /// Follows the first parent of merges only.
    pub first_parent: bool,
    /// Follows the first parent only, of what is left out.
    #[arg(since = "2.36")]
    pub exclude_first_parent_only: bool,
    /// Stops when a path is no longer there.
    pub remove_empty: bool,
    /// Sets of refs to begin with, in this order: what excludes counts for the next set.
    #[arg(flatten)]
    pub sets: Vec<RevSet>,
    /// Leaves out commits of which the other side of `R...R` has one with the same change.
    pub cherry_pick: bool,
    /// Keeps them; only forms for people show the mark.
    #[arg(conflicts("cherry_pick"))]
    pub cherry_mark: bool,
    /// The same, for the right side only, without merges.
    pub cherry: bool,
    /// Lists only what the left side of `R...R` reaches.
    pub left_only: bool,
    /// Lists only what the right side reaches.
    #[arg(conflicts("left_only"))]
    pub right_only: bool,
    /// Lists the commits at the edge of what is left out, too.
    pub boundary: bool,
    /// Lists only commits that a ref names.
    pub simplify_by_decoration: bool,
    /// Adds merges that brought in a change of the paths.
    pub show_pulls: bool,
    /// Does not leave out side branches that have the same result.
    pub full_history: bool,
    /// Lists only commits that change the paths, which is the default.
    #[arg(conflicts("sparse"))]
    pub dense: bool,
    /// Lists all commits of the history of the paths.
    pub sparse: bool,
    /// Leaves out merges that [`full_history`](Self::full_history) lists needlessly.
    pub simplify_merges: bool,
    /// Lists only commits between the two sides of a range, or with this one among their ancestors or
    /// descendants.
    pub ancestry_path: Option<Option<Revision>>,
    /// Newest first, but no parent before its children.
    pub date_order: bool,
    /// The same, by the author's time.
    #[arg(conflicts("date_order", "topo_order"))]
    pub author_date_order: bool,
    /// Does not mix lines of history.
    #[arg(conflicts("date_order"))]
    pub topo_order: bool,
    /// Oldest first.
    pub reverse: bool,
    /// Lists the given commits only, not their ancestors.
    pub no_walk: Option<Option<NoWalk>>,
    /// Takes it back.
    #[arg(conflicts("no_walk"))]
    pub do_walk: bool,
    /// Ignores commits that do not exist.
    pub ignore_missing: bool,
    /// Leaves refs out of the next set that a server of this kind would hide.
    #[arg(since = "2.39")]
    pub exclude_hidden: Option<HiddenRefs>,
}

/// A set of commits, named by their refs.
#[derive(Clone, Debug, Args)]
pub enum RevSet {
    /// Every ref and `HEAD`.
    All,
    /// Branches that match; `*` stands for all.
    Branches(RefPattern),
    /// Tags that match.
    Tags(RefPattern),
    /// Remote-tracking branches that match.
    Remotes(RefPattern),
    /// Refs that match, by their full names.
    Glob(RefPattern),
    /// Leaves these out of the next set.
    Exclude(RefPattern),
}

/// In which order commits are listed that are not walked from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum NoWalk {
    /// By time.
    Sorted,
    /// As they are given.
    Unsorted,
}

/// Who hides refs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum HiddenRefs {
    /// `git fetch`.
    Fetch,
    /// A server that is pushed to.
    Receive,
    /// A server that is fetched from.
    Uploadpack,
}
