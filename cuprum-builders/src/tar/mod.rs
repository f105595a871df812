//! Tar: its commands, and what GNU tar prints, as values.
//!
//! Each command is a struct with a function of its name: [`create`](create()), [`list`](list()),
//! [`extract`](extract()).

mod create;
mod extract;
mod failure;
mod list;
mod output;
mod program;

pub use self::create::{Compression, Sort, TarCreate, create};
pub use self::extract::{TarExtract, extract};
pub use self::list::{TarList, list};
pub use self::program::Tar;

pub use self::failure::{Failure, FailureKind};
pub use self::output::{Device, Entry, EntryKind, Listing, Time};
