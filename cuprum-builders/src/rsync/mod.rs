//! Rsync: its commands, and what it prints, as values.
//!
//! Each command is a struct with a function of its name: [`copy`](copy()) on one host,
//! [`push`](push()) and [`pull`](pull()) to and from another, [`list`](list()) and
//! [`list_remote`](list_remote()). Options come in sets: [`Tree`], [`Attributes`], [`Writing`] and
//! others; [`commands`](commands()) lists the facts about all of them. A path never becomes a host: the types of both
//! are different.
//!
//! # What is done most
//!
//! ```
//! use cuprum_builders::args::{Glob, RsyncPath, RsyncRemote};
//! use cuprum_builders::prelude::*;
//! use cuprum_builders::rsync::{self, RsyncPush};
//!
//! // The contents of a directory to another host, without some of its files; what is not here goes there, too.
//! fn push(to: RsyncRemote) -> RsyncPush {
//!     rsync::push(lit!(RsyncPath, "site/"), to).archive().delete().exclude(lit!(Glob, "*.tmp"))
//! }
//!
//! // First what would change, then the change.
//! async fn deploy(to: RsyncRemote) -> cuprum::Result<()> {
//!     let would = push(to.clone()).dry_run().run().await?;
//!     println!("{} changes, of these {} bytes of content", would.changes.len(), would.stats.transferred_size);
//!     push(to).run().await?;
//!     Ok(())
//! }
//!
//! let line = push("web@example.org:/srv/site".parse()?).into_safe().to_string();
//! assert!(line.ends_with("--archive --delete '--exclude=*.tmp' -- ./site/ web@example.org:/srv/site"), "{line}");
//! # Ok::<(), cuprum_builders::args::ArgError>(())
//! ```

mod commands;
mod failure;
mod options;
mod output;
mod program;
#[cfg(feature = "unchecked")]
pub mod unchecked;

use cuprum::spec::CommandSpec;

pub use self::commands::{
    RsyncCopy, RsyncList, RsyncListRemote, RsyncPull, RsyncPush, RsyncVersion, copy, list, list_remote, pull,
    push, version,
};
pub use self::options::{
    AddressFamily, Attributes, Checksum, Chmod, Chown, Compare, Compressor, DeleteWhen, Deletion, FileList,
    Filter, Info, Inform, MessagesTo, Rule, Ssh, Tree, Wire, Writing,
};
pub use self::program::Rsync;

pub use self::failure::{Failure, FailureKind, RsyncFailure};
pub use self::output::{
    Attribute, Change, Entry, FileKind, Files, Flavour, Link, Listing, Progress, Stats, Transfer, Update,
    Version,
};

/// Returns the facts about every command of this module.
pub fn commands() -> impl Iterator<Item = &'static CommandSpec> {
    let modules = [
        commands::COMMANDS,
        #[cfg(feature = "unchecked")]
        unchecked::COMMANDS,
    ];
    modules.into_iter().flatten().copied()
}
