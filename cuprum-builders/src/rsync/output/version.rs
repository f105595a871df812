//! Which rsync is there, as `rsync --version` prints it.

use std::fmt;

use cuprum::Outcome;
use cuprum::spec::{FromOutput, OutputError};

use crate::output::RawText;

/// Who wrote an rsync.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Flavour {
    /// That of the Samba project, which the commands of this module are written for.
    Samba,
    /// OpenBSD's, also that of newer macOS: it knows few of the options.
    Openrsync,
    /// Another one.
    Other,
}

/// Which rsync is there.
///
/// ```
/// use cuprum_builders::rsync::{Flavour, Version};
///
/// let version = Version::parse(b"rsync  version 3.2.7  protocol version 31\n");
/// assert_eq!((version.flavour, version.number.as_str()), (Flavour::Samba, "3.2.7"));
/// assert_eq!(version.protocol, Some(31));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Who wrote it.
    pub flavour: Flavour,
    /// The number; for openrsync, of the rsync that it is compatible with. Empty if there is none.
    pub number: String,
    /// The version of the protocol.
    pub protocol: Option<u32>,
    /// What it can do, from the list of capabilities: `symlinks`, `no crtimes`.
    pub capabilities: Vec<String>,
    /// The first line of what it printed.
    pub line: RawText,
}

impl Version {
    /// Reads what an rsync printed for `--version`.
    pub fn parse(output: &[u8]) -> Self {
        let text = String::from_utf8_lossy(output);
        let mut lines = text.lines();
        let line = lines.next().unwrap_or_default();
        let flavour = match line {
            line if line.starts_with("openrsync") => Flavour::Openrsync,
            line if line.starts_with("rsync ") => Flavour::Samba,
            _ => Flavour::Other,
        };
        // `rsync  version X  protocol version N`; `openrsync: protocol version N, rsync version X …`.
        let after = |words: &str| {
            let rest = line.split_once(words)?.1.trim_start();
            rest.split([' ', ',']).next().filter(|word| !word.is_empty())
        };
        let protocol = after("protocol version").and_then(|word| word.parse().ok());
        let number = line.split("protocol version").find_map(|part| Some(part.split_once(" version ")?.1));
        let number = number.and_then(|rest| rest.split([' ', ',']).next()).unwrap_or_default().to_owned();
        let capabilities = lines
            .skip_while(|line| !line.starts_with("Capabilities:"))
            .skip(1)
            .take_while(|line| line.starts_with(' '))
            .flat_map(|line| line.split(','))
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        Self { flavour, number, protocol, capabilities, line: RawText::new(line) }
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
    fn each_rsync_says_who_wrote_it() {
        for (line, flavour, number, protocol) in [
            ("rsync  version 3.5.0  protocol version 32\nCopyright", Flavour::Samba, "3.5.0", Some(32)),
            (
                "rsync  version v3.4.0pre1-1-gabc  protocol version 32",
                Flavour::Samba,
                "v3.4.0pre1-1-gabc",
                Some(32),
            ),
            (
                "openrsync: protocol version 29, rsync version 2.6.9 compatible",
                Flavour::Openrsync,
                "2.6.9",
                Some(29),
            ),
            ("openrsync: protocol version 27", Flavour::Openrsync, "", Some(27)),
            ("", Flavour::Other, "", None),
        ] {
            let version = Version::parse(line.as_bytes());
            assert_eq!(
                (version.flavour, version.number.as_str(), version.protocol),
                (flavour, number, protocol)
            );
        }
    }

    #[test]
    fn capabilities_are_listed() {
        let output = "rsync  version 3.2.7  protocol version 31\nCapabilities:\n    64-bit files, symlinks,\n    \
            no crtimes\nOptimizations:\n    SIMD\n";
        assert_eq!(
            Version::parse(output.as_bytes()).capabilities,
            ["64-bit files", "symlinks", "no crtimes"]
        );
    }
}
