//! Full object ids.

use std::ffi::OsString;

use super::fault::{Fault, at, clean, first_fault, looks_like_hash, refuse};
use super::text::checked_text;

/// A full object id: 40 hex digits (SHA-1) or 64 (SHA-256), kept in lower case.
///
/// The null id, all zeros, is refused: where git takes an id it stands for "none", and deletes.
///
/// ```
/// use cuprum_builders::args::CommitHash;
///
/// assert!(CommitHash::new("8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1").is_ok());
/// assert!(CommitHash::new("8ba2d4f").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommitHash {
    text: String,
}

checked_text!(CommitHash, "a commit hash", fault, |text| Self { text: text.to_ascii_lowercase() });

#[cfg(feature = "git")]
impl CommitHash {
    /// Takes lower-case digits that are known to be a full id.
    pub(crate) fn trusted(text: String) -> Self {
        Self { text }
    }
}

/// The digits.
impl cuprum::ArgValue for CommitHash {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

/// Finds what keeps a text from being a full object id.
pub(super) const fn fault(text: &[u8]) -> Option<Fault> {
    first_fault![
        clean(text, 64),
        refuse(!looks_like_hash(text), "not 40 or 64 hex digits", 0),
        refuse(is_null(text), "the null id, which stands for no object", 0),
    ]
}

const fn is_null(text: &[u8]) -> bool {
    let mut i = 0;
    while i < text.len() && at(text, i) == b'0' {
        i += 1;
    }
    i == text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_id_is_kept_in_lower_case() {
        for id in ["A".repeat(40), "0a".repeat(32), format!("{}1", "0".repeat(39))] {
            assert_eq!(CommitHash::new(&id).unwrap().as_str(), id.to_lowercase());
        }
    }
}
