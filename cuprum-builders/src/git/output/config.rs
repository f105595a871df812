//! Variables that git is configured by, as `git config -z --list` prints them.

use cuprum::spec::OutputError;

use super::listed;
use super::read::field;
use crate::output::{Cursor, RawText};

/// A variable and where it is set (git-config(1), `--show-scope --show-origin`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigEntry {
    /// Whose it is.
    pub scope: ConfigScope,
    /// Where it is set: `file:.git/config`, `command line:`, `blob:…`, `standard input:`.
    pub origin: RawText,
    /// The name; section and variable are in lower case.
    pub key: RawText,
    /// The value; `None` if the variable stands there alone, which means `true`.
    pub value: Option<RawText>,
}

/// Whose a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ConfigScope {
    /// The machine's.
    System,
    /// The user's.
    Global,
    /// The repository's.
    Local,
    /// The work tree's.
    Worktree,
    /// This command's; what a builder forces is among these.
    Command,
    /// Git does not say.
    Unknown,
}

listed!(ConfigEntry, config_entry);

impl ConfigEntry {
    /// The options that make `git config` print what [`ConfigEntry::parse_list`] reads; since git 2.26.
    pub const FORMAT: [&'static str; 4] = ["-z", "--show-scope", "--show-origin", "--list"];
}

/// Reads `scope NUL origin NUL key[LF value] NUL`.
fn config_entry(cursor: &mut Cursor<'_>) -> Result<ConfigEntry, OutputError> {
    let scope = field(cursor)?.all("a scope", |bytes| {
        Some(match bytes {
            b"system" => ConfigScope::System,
            b"global" => ConfigScope::Global,
            b"local" => ConfigScope::Local,
            b"worktree" => ConfigScope::Worktree,
            b"command" => ConfigScope::Command,
            b"unknown" | b"submodule" => ConfigScope::Unknown,
            _ => return None,
        })
    })?;
    let origin = RawText::new(field(cursor)?.rest());
    let entry = field(cursor)?;
    let (key, value) = match entry.rest().iter().position(|byte| *byte == b'\n') {
        Some(end) => {
            let (key, value) = entry.rest().split_at(end);
            (key, value.get(1..).map(RawText::new))
        }
        None => (entry.rest(), None),
    };
    if key.is_empty() {
        return Err(entry.error("the name of a variable"));
    }
    Ok(ConfigEntry { scope, origin, key: RawText::new(key), value })
}
