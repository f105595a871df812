//! How another repository is talked to: what `clone`, `fetch` and `push` share.

use cuprum::Args;

use crate::args::{GitDate, GitRef};

/// How another repository is talked to.
#[derive(Clone, Debug, Args)]
pub struct Net {
    /// Reports progress on standard error, or does not; by default only on a terminal.
    #[arg(negatable)]
    pub progress: Option<bool>,
    /// Uses IPv4 only.
    pub ipv4: bool,
    /// Uses IPv6 only.
    #[arg(conflicts("ipv4"))]
    pub ipv6: bool,
}

/// How much history is fetched.
#[derive(Clone, Debug, Args)]
pub struct Shallow {
    /// So many commits of each branch, from its tip; git refuses 0.
    pub depth: Option<u32>,
    /// Only commits that are newer.
    pub shallow_since: Option<GitDate>,
    /// No commits that this branch or tag of the remote reaches.
    pub shallow_exclude: Vec<GitRef>,
}
