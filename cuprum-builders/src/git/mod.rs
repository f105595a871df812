//! Git: its commands, and what they print, as values.
//!
//! Each command is a struct with a function of its name: [`clone`](clone()), [`status`](status()),
//! [`log`](log()). A command of git that does several things is several here, so that what excludes
//! each other is never in one struct: [`branch`] makes a branch, [`branch_delete`] deletes some,
//! [`branches`] lists them. Options that many commands share are sets: [`Walk`], [`Compare`],
//! [`RefFilter`]. `git pull` is [`fetch`] and then [`merge`](merge()) or [`rebase`](rebase()).
//!
//! What git prints for people is returned as bytes, by commands whose names end with `_text`; all else
//! is a value. Why git failed is in the error: [`GitFailure::git`].
//!
//! # What is done most
//!
//! ```
//! use cuprum::{IntoSafe, Result};
//! use cuprum_builders::args::{GitRef, Identity, Pathspec, RemoteName, RemoteUrl, Revision, SafePath};
//! use cuprum_builders::git::{self, FastForward};
//! use cuprum_builders::prelude::*;
//!
//! fn shown(command: impl IntoSafe) -> String {
//!     command.into_safe().to_string()
//! }
//!
//! // Clone the last commit of a branch.
//! let clone = git::clone(lit!(RemoteUrl, "https://example.org/site.git"));
//! let clone = clone.depth(1).branch(lit!(GitRef, "main")).dir(lit!(SafePath, "site"));
//! assert!(shown(clone).ends_with("--branch=main --depth=1 --end-of-options https://example.org/site.git ./site"));
//!
//! // Pull: fetch, and then move the branch that is checked out.
//! async fn pull() -> Result<()> {
//!     git::fetch(lit!(RemoteName, "origin")).prune(true).run().await?;
//!     git::merge([lit!(Revision, "origin/main")]).ff(FastForward::FfOnly).run().await
//! }
//!
//! // Commit some files, as somebody.
//! async fn record(message: &str, author: Identity) -> Result<()> {
//!     git::add().paths(lit!(Pathspec, "src")).run().await?;
//!     git::commit(message).author(author).run().await
//! }
//!
//! // Work in another directory: any command takes one.
//! let status = git::status().in_dir("/srv/site");
//! assert!(shown(status).starts_with("git status"));
//! ```
//!
//! A repository that somebody else made is looked at by way of [`Repo::untrusted`].

mod branches;
mod failure;
mod files;
mod history;
mod join;
mod objects;
mod options;
mod output;
mod program;
mod repo;
mod setup;
mod start;
mod sync;
#[cfg(feature = "unchecked")]
pub mod unchecked;

use cuprum::spec::CommandSpec;

pub use self::branches::*;
pub use self::failure::{Failure, FailureKind, GitFailure};
pub use self::files::*;
pub use self::history::*;
pub use self::join::*;
pub use self::objects::*;
pub use self::options::*;
pub use self::output::*;
pub use self::program::Git;
pub use self::repo::{AuditError, AuditFault, Audited, Repo, Trust};
pub use self::setup::*;
pub use self::start::*;
pub use self::sync::*;
pub use crate::output::{RawPath, RawText};

use self::output::read::{exit_one, exit_zero, is_object, size, yes_or_no};

/// Returns the facts about every command of this module.
pub fn commands() -> impl Iterator<Item = &'static CommandSpec> {
    let folders = [
        start::COMMANDS,
        files::COMMANDS,
        history::COMMANDS,
        branches::COMMANDS,
        join::COMMANDS,
        sync::COMMANDS,
        objects::COMMANDS,
        setup::COMMANDS,
        #[cfg(feature = "unchecked")]
        unchecked::COMMANDS,
    ];
    folders.into_iter().flatten().copied()
}
