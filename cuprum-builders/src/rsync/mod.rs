//! Rsync: its commands, and what it prints, as values.
//!
//! Each command is a struct with a function of its name: [`copy`](copy()) on one host,
//! [`push`](push()) and [`pull`](pull()) to and from another, [`list`](list()) and
//! [`list_remote`](list_remote()). Options come in sets: [`Tree`], [`Attributes`], [`Writing`] and
//! others; [`commands`](commands()) lists the facts about all of them. A path never becomes a host: the types of both
//! are different.

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
