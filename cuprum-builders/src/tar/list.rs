//! `tar --list`: what is in an archive.

use cuprum::Command;

use super::{Listing, Tar};
use crate::args::{Pathspec, SafePath};

/// Lists the members of an archive (tar(1), "list"). A compressed one is recognised.
#[derive(Clone, Debug, Command)]
#[command(
    program = Tar,
    fixed("--list", "--force-local", Listing::FORMAT),
    fn = list,
    output = Listing,
    tier = read
)]
pub struct TarList {
    /// The archive.
    pub file: SafePath,
    /// Lists these members only, and what is below them.
    #[arg(positional)]
    pub members: Vec<Pathspec>,
}
