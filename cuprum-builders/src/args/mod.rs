//! Values for command lines: each type checks a text once, when it is made.
//!
//! A value of these types can never become an option, another transport, or a second argument of the
//! program that gets it, whether or not the program knows a separator such as `--`. Text becomes a
//! value in one of two ways only: `NAME::new(text)` (or `text.parse()`) for input, and the checked
//! literals of the prelude, which the compiler checks. There is no conversion that skips the check.
//!
//! All texts are UTF-8 without control characters, line and paragraph separators, byte order marks and
//! controls of writing direction; lengths are in bytes. The rules of each type stand with the type.

mod address;
mod commit_hash;
mod config_key;
mod env_name;
mod error;
mod fault;
mod git_date;
mod git_ref;
mod glob;
mod host_name;
mod identity;
mod mode_change;
#[cfg(any(feature = "rsync", feature = "tar"))]
mod names;
mod path;
mod pathspec;
mod ref_pattern;
mod ref_spec;
mod remote_name;
mod remote_url;
mod rev;
mod revision;
mod rsync_path;
mod rsync_remote;
mod text;
mod timeout;
mod user_name;

pub use self::commit_hash::CommitHash;
pub use self::config_key::{ConfigKey, PlainConfigKey};
pub use self::env_name::EnvName;
pub use self::error::{ArgError, ArgErrorKind};
pub use self::git_date::GitDate;
pub use self::git_ref::GitRef;
pub use self::glob::Glob;
pub use self::host_name::HostName;
pub use self::identity::Identity;
pub use self::mode_change::{ModeChange, Suffix};
#[cfg(any(feature = "rsync", feature = "tar"))]
pub(crate) use self::names::nul_separated;
pub use self::path::{RelPath, SafePath};
pub use self::pathspec::Pathspec;
pub use self::ref_pattern::RefPattern;
pub use self::ref_spec::RefSpec;
pub use self::remote_name::RemoteName;
pub use self::remote_url::{RemoteUrl, Transport};
pub use self::rev::{ObjectName, Revision};
pub use self::revision::RevisionRange;
pub use self::rsync_path::RsyncPath;
pub use self::rsync_remote::RsyncRemote;
pub use self::timeout::Timeout;
pub use self::user_name::UserName;
