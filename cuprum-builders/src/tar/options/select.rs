//! Which files go into an archive: choices that hold for what follows them, and lists of names.

use std::path::Path;

use cuprum::spec::{Arg, ArgKind, ArgsUnder, Argv};
use cuprum::{ArgValue as _, Args};

use crate::args::{ArgError, Glob, RelPath, SafePath, nul_separated};

/// One choice of what goes into an archive (GNU tar manual, "Choosing Files and Names for tar").
///
/// The order matters: a choice holds for the files that are named after it, by
/// [`Add`](Self::Add) or as members, which come last. Each directory is taken from the one before.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub enum Select {
    /// Goes to this directory: names that follow are taken from it.
    Directory(SafePath),
    /// Takes this file or directory.
    #[arg(long = "add-file")]
    Add(SafePath),
    /// Leaves files of these names out, with all that is below them.
    Exclude(Glob),
    /// Leaves out what matches a line of this file.
    ExcludeFrom(SafePath),
    /// Leaves out backups and lock files: `.#*`, `*~`, `#*#`.
    ExcludeBackups,
    /// Leaves out what is in directories marked as caches; the directory and its mark stay.
    ExcludeCaches,
    /// Leaves out directories marked as caches.
    ExcludeCachesAll,
    /// Leaves out what is in directories marked as caches, with the mark.
    ExcludeCachesUnder,
    /// Leaves out what matches a line of the file of this name in the same directory.
    ExcludeIgnore(RelPath),
    /// Leaves out what matches a line of the file of this name in the directory or one above it.
    ExcludeIgnoreRecursive(RelPath),
    /// Leaves out what is in directories that hold a file of this name, but not the file.
    ExcludeTag(RelPath),
    /// Leaves out directories that hold a file of this name.
    ExcludeTagAll(RelPath),
    /// Leaves out what is in directories that hold a file of this name.
    ExcludeTagUnder(RelPath),
    /// Leaves out the directories of version control systems.
    ExcludeVcs,
    /// Leaves out what version control systems ignore.
    ExcludeVcsIgnores,
    /// Takes what is in directories; the default.
    Recursion,
    /// Takes directories without what is in them.
    NoRecursion,
    /// Patterns match at the beginning of a name.
    Anchored,
    /// Patterns match after any `/`; the default.
    NoAnchored,
    /// Patterns match letters in any case.
    IgnoreCase,
    /// Patterns match letters as they are; the default.
    NoIgnoreCase,
    /// Patterns have wildcards; the default.
    Wildcards,
    /// Patterns are names.
    NoWildcards,
    /// Wildcards match `/`; the default.
    WildcardsMatchSlash,
    /// Wildcards do not match `/`.
    NoWildcardsMatchSlash,
}

/// How the names of members are compared with those that are asked for.
///
/// The order matters: each choice holds for what follows it.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub enum Match {
    /// Leaves out members of these names.
    Exclude(Glob),
    /// Leaves out members that match a line of this file.
    ExcludeFrom(SafePath),
    /// Takes what is below the members that are named; the default.
    Recursion,
    /// Takes only the members that are named.
    NoRecursion,
    /// Patterns match at the beginning of a name.
    Anchored,
    /// Patterns match after any `/`.
    NoAnchored,
    /// Patterns match letters in any case.
    IgnoreCase,
    /// Patterns match letters as they are; the default.
    NoIgnoreCase,
    /// Names that are asked for are patterns.
    Wildcards,
    /// Names that are asked for are names; the default.
    NoWildcards,
    /// Wildcards match `/`.
    WildcardsMatchSlash,
    /// Wildcards do not match `/`.
    NoWildcardsMatchSlash,
}

/// A list of names, given to tar on its standard input and taken as they stand.
///
/// It has no limit of length, and the names may have any bytes but NUL: those of a
/// [`Listing`](super::Listing), for example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileList {
    names: Vec<u8>,
}

impl FileList {
    /// Makes a list of these names.
    ///
    /// # Errors
    ///
    /// An [`ArgError`] for a name that is empty, or that holds a NUL.
    pub fn new<P: AsRef<Path>>(names: impl IntoIterator<Item = P>) -> Result<Self, ArgError> {
        nul_separated(names, b"").map(|names| Self { names })
    }
}

/// Writes `--null --files-from=-`, and the names to standard input.
impl Args for FileList {
    type Itself = Self;
    const ARGS: &'static [Arg] =
        &[Arg::named("null", ArgKind::Flag, "null"), Arg::named("files_from", ArgKind::Value, "files-from")];

    fn write(&self, argv: &mut Argv) {
        let [null, files_from] = Self::ARGS else { return };
        argv.flag(null, true);
        argv.value(files_from, &"-".to_os());
        argv.stdin(&self.names);
    }
}

/// There is no operand in it, so it fits any command.
impl<S> ArgsUnder<S> for FileList {}
