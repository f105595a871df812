//! Forms in which commits are printed, and keys by which refs are sorted.

use std::ffi::OsString;

use cuprum::ArgValue;
use cuprum::spec::Operand;

/// The form in which a commit is printed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PrettyFormat {
    /// The id and the first line of the message.
    Oneline,
    /// Id, author and the first line.
    Short,
    /// The default.
    Medium,
    /// With the committer.
    Full,
    /// With the committer and both times.
    Fuller,
    /// As another message names a commit.
    Reference,
    /// As mail.
    Email,
    /// As mail, with lines that begin with `From` quoted.
    Mboxrd,
    /// As git stores it.
    Raw,
    /// By placeholders such as `%H`, each commit with a line end behind it.
    Custom(String),
}

/// The word of git, or `tformat:` and the placeholders.
impl ArgValue for PrettyFormat {
    fn to_os(&self) -> OsString {
        match self {
            Self::Oneline => "oneline".into(),
            Self::Short => "short".into(),
            Self::Medium => "medium".into(),
            Self::Full => "full".into(),
            Self::Fuller => "fuller".into(),
            Self::Reference => "reference".into(),
            Self::Email => "email".into(),
            Self::Mboxrd => "mboxrd".into(),
            Self::Raw => "raw".into(),
            Self::Custom(format) => format!("tformat:{format}").into(),
        }
    }
}

impl Operand for PrettyFormat {}

/// What refs are sorted by, ascending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortKey {
    by: SortBy,
    descending: bool,
}

/// A property of refs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ArgValue)]
pub enum SortBy {
    /// The full name.
    Refname,
    /// The name, with numbers in it compared as numbers.
    #[arg(value = "version:refname")]
    Version,
    /// When the tag was made, or the commit.
    Creatordate,
    /// When the author of the commit wrote it.
    Authordate,
    /// When the commit was made.
    Committerdate,
    /// When the tag was made.
    Taggerdate,
    /// The size of the object.
    Objectsize,
    /// The type of the object.
    Objecttype,
}

impl SortKey {
    /// Sorts by this, the smallest first.
    pub fn ascending(by: SortBy) -> Self {
        Self { by, descending: false }
    }

    /// Sorts by this, the greatest first.
    pub fn descending(by: SortBy) -> Self {
        Self { by, descending: true }
    }
}

/// The property, with `-` before it for a descending order; options take it behind `=` only.
impl ArgValue for SortKey {
    fn to_os(&self) -> OsString {
        let sign = if self.descending { "-" } else { "" };
        format!("{sign}{}", self.by.as_str()).into()
    }
}
