//! How an archive and the file system differ, as `tar --diff` prints it.

use std::fmt;

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

use super::unescape;
use super::warning::Warning;
use crate::output::{Cursor, RawPath, RawText};

/// How an archive and the file system differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Each difference, in the order of the archive. A file can differ in several ways.
    pub differences: Vec<Difference>,
    /// What else tar said.
    pub warnings: Vec<Warning>,
}

/// One difference between an archive and the file system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The name of the member.
    pub path: RawPath,
    /// In what it differs.
    pub kind: DifferenceKind,
    /// The line that says so.
    pub line: RawText,
}

/// In what a file differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DifferenceKind {
    /// Its content.
    Contents,
    /// Its size.
    Size,
    /// Its modification time.
    Modified,
    /// Its permissions.
    Mode,
    /// Its owner.
    Owner,
    /// Its group.
    Group,
    /// What kind of file it is.
    Type,
    /// Where a symbolic link leads to.
    Target,
    /// What file it is another name of.
    Link,
    /// The numbers of a device.
    Device,
    /// It is not there.
    Missing,
    /// Something else.
    Other,
}

impl Differences {
    /// Reads what `tar --diff` printed to standard output and standard error.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] with the first byte of a line that is no difference.
    pub fn parse(stdout: &[u8], stderr: &[u8]) -> Result<Self, OutputError> {
        let mut found = Self::default();
        let mut cursor = Cursor::new(stdout);
        while !cursor.is_at_end() {
            let line = cursor.until(b'\n', "the end of a line")?;
            found.differences.push(line.all("`NAME: ` and a difference", difference)?);
        }
        for line in stderr.split(|byte| *byte == b'\n') {
            let Some(warning) = Warning::parse(line) else { continue };
            match missing(&warning) {
                Some(difference) => found.differences.push(difference),
                None => found.warnings.push(warning),
            }
        }
        Ok(found)
    }

    /// Returns whether there is no difference.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }
}

/// A file that is not there is told on standard error.
fn missing(warning: &Warning) -> Option<Difference> {
    let line = warning.line();
    let path = warning.path().filter(|_| line.as_bytes().ends_with(b": No such file or directory"))?;
    Some(Difference { path: path.clone(), kind: DifferenceKind::Missing, line: line.clone() })
}

/// The words of the names hold no `: ` of their own at the end, so the last one ends the name.
fn difference(line: &[u8]) -> Option<Difference> {
    let (at, kind) = WORDS.iter().find_map(|(words, kind)| {
        let at = line.windows(words.len()).rposition(|window| window == *words)?;
        Some((at, *kind))
    })?;
    let path = unescape(line.split_at(at).0).filter(|path| !path.is_empty())?;
    Some(Difference { path: RawPath::new(path), kind, line: RawText::new(line) })
}

const WORDS: &[(&[u8], DifferenceKind)] = &[
    (b": Contents differ", DifferenceKind::Contents),
    (b": Size differs", DifferenceKind::Size),
    (b": Mod time differs", DifferenceKind::Modified),
    (b": Mode differs", DifferenceKind::Mode),
    (b": Uid differs", DifferenceKind::Owner),
    (b": Gid differs", DifferenceKind::Group),
    (b": File type differs", DifferenceKind::Type),
    (b": Symlink differs", DifferenceKind::Target),
    (b": Not linked to ", DifferenceKind::Link),
    (b": Device number differs", DifferenceKind::Device),
    (b": ", DifferenceKind::Other),
];

impl FromOutput for Differences {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Self::parse(outcome.complete_stdout()?, outcome.stderr().bytes())
    }
}

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.differences.iter().try_for_each(|difference| writeln!(f, "{}", difference.line))
    }
}
