//! `git reflog`: what is kept of the commits that refs have named; [`reflog`](crate::git::reflog()) lists it.

use std::ffi::OsString;

use cuprum::spec::Operand;
use cuprum::{ArgValue, Command};

use crate::args::{GitDate, GitRef};
use crate::git::Git;

/// Tells whether a log of a ref is kept.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["reflog", "exists"],
    fn = reflog_exists,
    ok(0, 1),
    output = bool,
    parse = crate::git::exit_zero,
    tier = read
)]
pub struct GitReflogExists {
    /// The full name: of another one there is no log.
    #[arg(positional)]
    pub name: GitRef,
}

/// Deletes old entries of logs (git-reflog(1)). Commits that nothing else names are lost, as soon as git tidies up.
///
/// It prints what it does for people, if it is to.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = ["reflog", "expire"],
    fn = reflog_expire,
    output = Vec<u8>,
    tier = destructive
)]
pub struct GitReflogExpire {
    /// Deletes entries that are older; by default as git is configured, or after 90 days. `now` stands for all,
    /// `never` for none.
    pub expire: Option<GitDate>,
    /// Deletes entries that are older and whose commit the ref does not reach; after 30 days by default.
    pub expire_unreachable: Option<GitDate>,
    /// Deletes entries whose commits are broken, which takes long.
    pub stale_fix: bool,
    /// Makes each entry follow the one that is before it then.
    pub rewrite: bool,
    /// Makes the ref name what the newest entry says.
    pub updateref: bool,
    /// Of every ref.
    pub all: bool,
    /// But not of other work trees.
    #[arg(requires("all"))]
    pub single_worktree: bool,
    /// Deletes nothing.
    pub dry_run: bool,
    /// Prints the reason of each entry, and what becomes of it.
    pub verbose: bool,
    /// The refs; none by default.
    #[arg(positional)]
    pub refs: Vec<GitRef>,
}

/// Deletes an entry of a log; one that is not there is no error to git.
///
/// It is one at a time, since the others have new numbers then.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = ["reflog", "delete"], fn = reflog_delete, tier = destructive)]
pub struct GitReflogDelete {
    /// Makes each entry follow the one that is before it then.
    pub rewrite: bool,
    /// Makes the ref name what the newest entry says.
    pub updateref: bool,
    /// Deletes nothing, and sees that there is a log.
    pub dry_run: bool,
    /// The entry.
    #[arg(positional)]
    pub entry: ReflogPlace,
}

/// An entry of a log by its number: `main@{2}` is what `main` named two changes ago.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReflogPlace {
    name: GitRef,
    number: u32,
}

impl ReflogPlace {
    /// Names an entry of the log of a ref, counted from 0, the newest.
    pub fn new(name: GitRef, number: u32) -> Self {
        Self { name, number }
    }
}

/// `NAME@{NUMBER}`.
impl ArgValue for ReflogPlace {
    fn to_os(&self) -> OsString {
        format!("{}@{{{}}}", self.name, self.number).into()
    }
}

impl Operand for ReflogPlace {}
