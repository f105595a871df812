//! Options of the tools that no builder has, each with the reason why.

mod git;
mod rsync;
mod sets;
mod tar;

use crate::option::Opt;

pub(crate) use self::git::GIT;
pub(crate) use self::rsync::RSYNC;
pub(crate) use self::tar::TAR;

/// Options of a command, or of all (`*`), that are left out, and why.
#[derive(Debug)]
pub(crate) struct Omission {
    pub(crate) command: &'static str,
    pub(crate) options: &'static [&'static str],
    pub(crate) why: &'static str,
}

impl Omission {
    /// Whether the row says something about this option.
    pub(crate) fn is_about(&self, command: &str, option: &Opt) -> bool {
        (self.command == "*" || self.command == command)
            && self.options.iter().any(|name| option.names.iter().any(|own| own == name))
    }
}
