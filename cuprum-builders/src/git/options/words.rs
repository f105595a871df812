//! Operands and inputs of a form of their own.

use std::ffi::OsString;

use cuprum::ArgValue;
use cuprum::spec::{IntoArg, Operand};

use crate::args::{CommitHash, GitRef, Pathspec, RelPath, RemoteName, RemoteUrl};

/// Another repository: by the name it has here, or by its address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Remote {
    /// The name of a remote.
    Name(RemoteName),
    /// An address.
    Url(RemoteUrl),
}

/// The name, or the address.
impl ArgValue for Remote {
    fn to_os(&self) -> OsString {
        match self {
            Self::Name(name) => name.to_os(),
            Self::Url(url) => url.to_os(),
        }
    }
}

impl Operand for Remote {}

impl IntoArg<Remote> for RemoteName {
    fn into_arg(self) -> Remote {
        Remote::Name(self)
    }
}

impl IntoArg<Remote> for RemoteUrl {
    fn into_arg(self) -> Remote {
        Remote::Url(self)
    }
}

/// Paths that a command is given by its standard input, each ended by NUL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathList(Vec<u8>);

impl FromIterator<Pathspec> for PathList {
    fn from_iter<I: IntoIterator<Item = Pathspec>>(paths: I) -> Self {
        let mut bytes = Vec::new();
        for path in paths {
            bytes.extend_from_slice(path.as_str().as_bytes());
            bytes.push(0);
        }
        Self(bytes)
    }
}

impl AsRef<[u8]> for PathList {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A directory that the files of an archive are put below; shown with the `/` at its end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DirPrefix(RelPath);

impl DirPrefix {
    /// Takes a relative path.
    pub fn new(path: RelPath) -> Self {
        Self(path)
    }
}

/// The path and `/`.
impl ArgValue for DirPrefix {
    fn to_os(&self) -> OsString {
        format!("{}/", self.0).into()
    }
}

impl Operand for DirPrefix {}

/// How many digits of an id are asked for; git's default unless given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShortId(u8);

impl ShortId {
    /// Asks for so many digits at least; git takes 4 at least and 40 or 64 at most.
    pub fn digits(digits: u8) -> Self {
        Self(digits)
    }
}

/// Seven digits.
impl Default for ShortId {
    fn default() -> Self {
        Self(7)
    }
}

/// The number.
impl ArgValue for ShortId {
    fn to_os(&self) -> OsString {
        self.0.to_string().into()
    }
}

/// The value of a configuration variable: any text without a NUL that does not begin with `-`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, ArgValue)]
#[arg(check = is_config_value)]
pub struct ConfigValue(String);

const fn is_config_value(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some((byte, _)) = bytes.split_at(i).1.split_first() {
        if *byte == 0 {
            return false;
        }
        i += 1;
    }
    true
}

/// Changes of refs that are made all or none, in this order.
///
/// ```
/// use cuprum::lit;
/// use cuprum_builders::args::{CommitHash, GitRef};
/// use cuprum_builders::git::RefChanges;
///
/// let id = CommitHash::new("8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1")?;
/// let changes = RefChanges::new().create(&lit!(GitRef, "refs/heads/x"), &id);
/// assert_eq!(changes.as_ref(), b"create refs/heads/x\x008ba2d4ffc66f109d7da61e483c3cae3a53cb08f1\0");
/// # Ok::<(), cuprum_builders::args::ArgError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefChanges(Vec<u8>);

impl RefChanges {
    /// Changes nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a ref, which must not be there.
    #[must_use]
    pub fn create(self, name: &GitRef, to: &CommitHash) -> Self {
        self.change("create", name, &[to.as_str()])
    }

    /// Makes a ref name an object; with `expected` only if it names that now.
    #[must_use]
    pub fn update(self, name: &GitRef, to: &CommitHash, expected: Option<&CommitHash>) -> Self {
        self.change("update", name, &[to.as_str(), expected.map_or("", CommitHash::as_str)])
    }

    /// Deletes a ref; with `expected` only if it names that now.
    #[must_use]
    pub fn delete(self, name: &GitRef, expected: Option<&CommitHash>) -> Self {
        self.change("delete", name, &[expected.map_or("", CommitHash::as_str)])
    }

    /// Sees that a ref names an object, and changes nothing.
    #[must_use]
    pub fn verify(self, name: &GitRef, expected: &CommitHash) -> Self {
        self.change("verify", name, &[expected.as_str()])
    }

    /// Writes `verb SP name NUL id NUL …`.
    fn change(mut self, verb: &str, name: &GitRef, ids: &[&str]) -> Self {
        self.0.extend_from_slice(format!("{verb} {name}\0").as_bytes());
        for id in ids {
            self.0.extend_from_slice(id.as_bytes());
            self.0.push(0);
        }
        self
    }
}

impl AsRef<[u8]> for RefChanges {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
