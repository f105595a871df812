//! In which ways a file has changed, as a filter.

use std::ffi::OsString;

use cuprum::ArgValue;
use cuprum::spec::Operand;

/// The ways in which a file has changed that are shown, or that are not.
///
/// ```
/// use cuprum::ArgValue;
/// use cuprum_builders::git::DiffFilter;
///
/// assert_eq!(DiffFilter::only("AM").map(|filter| filter.to_os()), Some("AM".into()));
/// assert_eq!(DiffFilter::without("D").map(|filter| filter.to_os()), Some("d".into()));
/// assert_eq!(DiffFilter::only("-x"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DiffFilter(String);

impl DiffFilter {
    /// Takes letters of git: `A`dded, `C`opied, `D`eleted, `M`odified, `R`enamed, `T`ype changed,
    /// `U`nmerged, `X` unknown, `B`roken; `None` for any other, or for none.
    pub fn only(letters: &str) -> Option<Self> {
        let known = !letters.is_empty() && letters.bytes().all(|letter| b"ACDMRTUXB".contains(&letter));
        known.then(|| Self(letters.to_owned()))
    }

    /// Takes the letters of the ways that are not shown.
    pub fn without(letters: &str) -> Option<Self> {
        Self::only(letters).map(|filter| Self(filter.0.to_ascii_lowercase()))
    }
}

/// The letters, in lower case for what is not shown.
impl ArgValue for DiffFilter {
    fn to_os(&self) -> OsString {
        self.0.clone().into()
    }
}

impl Operand for DiffFilter {}
