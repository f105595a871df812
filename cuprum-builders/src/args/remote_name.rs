//! Names of configured remotes.

use std::ffi::OsString;

use super::fault::{Fault, clean, ends_with_any_case, equal, first_fault, refuse};
use super::text::checked_text;
use super::user_name::word;

/// The name of a configured remote, `origin` for example.
///
/// It has 1 to 64 ASCII letters, digits, `_`, `.` and `-`, begins with none of the last two, does not
/// end with `.` or `.lock`, holds no `..`, and is not `HEAD`. There is no `/`, as git reads a name that
/// is not configured as the path of a repository.
///
/// ```
/// use cuprum_builders::args::RemoteName;
///
/// assert!(RemoteName::new("origin").is_ok());
/// assert!(RemoteName::new("--all").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RemoteName {
    text: String,
}

checked_text!(RemoteName, "a remote name", fault);

/// The name, as it is.
impl cuprum::ArgValue for RemoteName {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

const fn fault(text: &[u8]) -> Option<Fault> {
    first_fault![
        clean(text, 64),
        word(text),
        refuse(ends_with_any_case(text, b".lock"), "it ends with `.lock`", 0),
        refuse(equal(text, b"HEAD"), "`HEAD` is no remote", 0),
    ]
}
