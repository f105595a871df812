//! How much harm a command may do.

use std::fmt;

/// What a command may do to the world, from harmless to irreversible.
///
/// The order is meaningful: `Read < Write < Destructive`, so a program's ceiling is a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Changes nothing that a later command could see. Hooks and retries rely on this promise.
    Read,
    /// Creates or changes things, and loses nothing that was there.
    #[default]
    Write,
    /// May lose what was there: deletes, overwrites, rewrites history.
    Destructive,
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Destructive => "destructive",
        })
    }
}
