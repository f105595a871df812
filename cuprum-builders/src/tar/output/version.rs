//! Which tar is there, as `tar --version` prints it.

use std::fmt;

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

use crate::output::RawText;

/// Who wrote a tar; only GNU's is what the commands of this module are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Flavour {
    /// GNU tar.
    Gnu,
    /// That of libarchive: BSD, macOS, Windows.
    Bsd,
    /// That of busybox.
    Busybox,
    /// Another one.
    Other,
}

/// Which tar is there.
///
/// ```
/// use cuprum_builders::tar::{Flavour, Version};
///
/// let version = Version::parse(b"tar (GNU tar) 1.34\n");
/// assert_eq!((version.flavour, version.number.as_str()), (Flavour::Gnu, "1.34"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Who wrote it.
    pub flavour: Flavour,
    /// The number, `1.34` for example; empty if there is none.
    pub number: String,
    /// The first line of what it printed.
    pub line: RawText,
}

impl Version {
    /// Reads what a tar printed for `--version`.
    pub fn parse(output: &[u8]) -> Self {
        let line = output.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let text = String::from_utf8_lossy(line);
        let flavour = match &*text {
            text if text.starts_with("tar (GNU tar)") => Flavour::Gnu,
            text if text.starts_with("bsdtar ") => Flavour::Bsd,
            text if text.contains("busybox") => Flavour::Busybox,
            _ => Flavour::Other,
        };
        let mut words = text.split([' ', ')']);
        let number = words.find(|word| word.starts_with(|c: char| c.is_ascii_digit())).unwrap_or_default();
        Self { flavour, number: number.to_owned(), line: RawText::new(line) }
    }
}

impl FromOutput for Version {
    fn from_output(outcome: &Outcome) -> Result<Self, OutputError> {
        Ok(Self::parse(outcome.complete_stdout()?))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tar_says_who_wrote_it() {
        for (line, flavour, number) in [
            ("tar (GNU tar) 1.34\nCopyright", Flavour::Gnu, "1.34"),
            ("bsdtar 3.6.2 - libarchive 3.6.2 zlib/1.2.13", Flavour::Bsd, "3.6.2"),
            ("tar (busybox) 1.36.1", Flavour::Busybox, "1.36.1"),
            ("star: star 1.6", Flavour::Other, "1.6"),
            ("", Flavour::Other, ""),
        ] {
            let version = Version::parse(line.as_bytes());
            assert_eq!((version.flavour, version.number.as_str()), (flavour, number), "{line}");
        }
    }
}
