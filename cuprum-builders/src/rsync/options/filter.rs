//! Which files are transferred, and which are left alone: rules in their order, lists of names.

use std::ffi::OsString;
use std::path::Path;

use cuprum::spec::{Arg, ArgKind, ArgsUnder, Argv};
use cuprum::{ArgValue, Args};

use crate::args::{ArgError, Glob, RelPath, SafePath, nul_separated};

/// One rule of which files are transferred (rsync(1), "Filter Rules"); the first that matches wins.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub enum Filter {
    /// Takes files of these names.
    Include(Glob),
    /// Leaves files of these names out.
    Exclude(Glob),
    /// Takes files that match a line of this file.
    IncludeFrom(SafePath),
    /// Leaves files out that match a line of this file.
    ExcludeFrom(SafePath),
    /// A rule of another kind.
    #[arg(long = "filter")]
    Rule(Rule),
    /// Leaves out what CVS would: backups, objects, directories of version control systems.
    CvsExclude,
    /// Takes the rules of the file `.rsync-filter` in each directory of the source.
    #[arg(short = 'F')]
    PerDirectory,
}

/// A rule of another kind than to take and to leave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Keeps files of these names from being deleted on the receiving side.
    Protect(Glob),
    /// Lets files of these names be deleted on the receiving side.
    Risk(Glob),
    /// Hides files of these names from the transfer.
    Hide(Glob),
    /// Shows files of these names to the transfer.
    Show(Glob),
    /// Takes the rules of this file.
    Merge(SafePath),
    /// Takes the rules of the file of this name in each directory of the source.
    DirMerge(RelPath),
    /// Forgets the rules so far.
    Clear,
}

impl ArgValue for Rule {
    fn to_os(&self) -> OsString {
        match self {
            Self::Protect(glob) => format!("P {glob}").into(),
            Self::Risk(glob) => format!("R {glob}").into(),
            Self::Hide(glob) => format!("H {glob}").into(),
            Self::Show(glob) => format!("S {glob}").into(),
            Self::Merge(path) => {
                let mut rule = OsString::from(". ");
                rule.push(path.to_os());
                rule
            }
            Self::DirMerge(name) => format!(": {name}").into(),
            Self::Clear => "!".into(),
        }
    }
}

/// A list of names below the source, given to rsync on its standard input and taken as they stand.
///
/// Only these are transferred, with the directories that lead to them. The names may have any bytes but
/// NUL. A name that begins with `/` is below the source, too, and `..` is taken as a name.
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
        // Rsync has comments in its lists, also where NUL ends a name.
        nul_separated(names, b"#;").map(|names| Self { names })
    }
}

/// Writes `--from0 --files-from=-`, and the names to standard input.
impl Args for FileList {
    type Itself = Self;
    const ARGS: &'static [Arg] = &[
        Arg::named("from0", ArgKind::Flag, "from0"),
        Arg::named("files_from", ArgKind::Value, "files-from"),
    ];

    fn write(&self, argv: &mut Argv) {
        let [from0, files_from] = Self::ARGS else { return };
        argv.flag(from0, true);
        argv.value(files_from, &"-".to_os());
        argv.stdin(&self.names);
    }
}

/// There is no operand in it, so it fits any command.
impl<S> ArgsUnder<S> for FileList {}
