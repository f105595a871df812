//! One command as it is about to run, in a form that may be shown to hooks and observers.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};

use super::{ProgramSpec, Project, Tags, Tier, quote};

/// One command as it is about to run, without its secrets.
///
/// Hooks are asked about it, and every event of a run has the one it is about. What is a
/// [`Secret`](super::Secret) stands as `***` in its words, also where another word holds the same text.
#[derive(Clone)]
pub struct Invocation {
    pub(crate) program: &'static ProgramSpec,
    pub(crate) project: Project,
    pub(crate) file: Option<PathBuf>,
    pub(crate) words: Vec<OsString>,
    pub(crate) dir: Option<PathBuf>,
    /// What is set or taken away, in a form that may be shown.
    pub(crate) changes: Vec<(OsString, Option<OsString>)>,
    pub(crate) inherits: bool,
    pub(crate) tier: Tier,
    pub(crate) stage: usize,
    pub(crate) stages: usize,
    pub(crate) tags: Tags,
}

/// What becomes of an environment variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VarChange {
    /// It is set.
    Set,
    /// It is taken away.
    Removed,
}

impl Invocation {
    /// Returns the program's name.
    pub fn program(&self) -> &'static str {
        self.program.name()
    }

    /// Returns what is known of the program.
    pub fn spec(&self) -> &'static ProgramSpec {
        self.program
    }

    /// Returns the project that lists the program; `None` if none does.
    pub fn project(&self) -> Option<&'static str> {
        let name = self.project.name();
        (!name.is_empty()).then_some(name)
    }

    /// Returns whether a line of its output, without its end, is noise: by the rules of its program, or of the
    /// project that the catalogue of its context names.
    pub fn is_noise(&self, line: &[u8]) -> bool {
        self.program.is_noise(line) || self.project.is_noise(line)
    }

    /// Returns the file that is executed; `None` if none was found.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Returns the words after the program's name, a secret as `***`; none if they could not be written.
    pub fn words(&self) -> &[OsString] {
        &self.words
    }

    /// Returns the program's name and the words as text that a POSIX shell reads back as the same words.
    pub fn command_line(&self) -> String {
        let name = quote(OsStr::new(self.program()));
        self.words.iter().fold(name, |line, word| line + " " + &quote(word))
    }

    /// Returns the working directory; `None` if it is the parent's.
    pub fn dir(&self) -> Option<&Path> {
        self.dir.as_deref()
    }

    /// Returns what the context and the command change of the inherited environment, by name.
    ///
    /// What the program is always given by its derive is not among it.
    pub fn changes(&self) -> impl Iterator<Item = (&OsStr, VarChange)> {
        self.changes.iter().map(|(name, value)| {
            let change = if value.is_some() { VarChange::Set } else { VarChange::Removed };
            (name.as_os_str(), change)
        })
    }

    /// Returns what is set, with the values; a secret one is `***`.
    ///
    /// Values that nobody has marked as secrets are shown as they are, so ask for them only where that is meant.
    pub fn values(&self) -> impl Iterator<Item = (&OsStr, &OsStr)> {
        self.changes.iter().filter_map(|(name, value)| Some((name.as_os_str(), value.as_deref()?)))
    }

    /// Returns whether variables of the parent are inherited.
    pub fn inherits(&self) -> bool {
        self.inherits
    }

    /// Returns what the command may do.
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// Returns which stage of its pipeline it is, counted from 0; that of a single command is 0.
    pub fn stage(&self) -> usize {
        self.stage
    }

    /// Returns how many stages its pipeline has; a single command has 1.
    pub fn stages(&self) -> usize {
        self.stages
    }

    /// Returns its tags.
    pub fn tags(&self) -> &Tags {
        &self.tags
    }
}

/// The command line.
impl fmt::Display for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.command_line())
    }
}

/// The values of variables are left out.
impl fmt::Debug for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invocation")
            .field("line", &self.command_line())
            .field("file", &self.file)
            .field("dir", &self.dir)
            .field("changes", &self.changes().collect::<Vec<_>>())
            .field("tier", &self.tier)
            .field("stage", &(self.stage, self.stages))
            .field("tags", &self.tags)
            .finish()
    }
}
