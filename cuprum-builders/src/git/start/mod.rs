//! How a repository begins: empty, or as a copy.

mod clone;
mod init;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::clone::{GitClone, clone};
pub use self::init::{GitInit, ObjectFormat, RefFormat, SharedAccess, init};

/// The facts about the commands of this folder.
pub(super) const COMMANDS: &[&CommandSpec] = &[GitClone::SPEC, GitInit::SPEC];
