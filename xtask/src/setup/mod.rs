//! `cargo xtask setup`: checks the programs that the builders drive, and installs what is missing.

mod install;

use std::path::PathBuf;

use crate::table::Table;
use crate::tools::{Tool, find};
use crate::version::Version;
use crate::{Failure, no_arguments};

/// A program that must be there, and the reason for the version.
struct Needed {
    program: &'static str,
    /// How the first line of `--version` begins; another implementation does not speak the same options.
    begins: &'static str,
    minimum: Version,
    why: &'static str,
    /// Whether nothing but a few tests need it.
    optional: bool,
}

/// What the builders and their tests need. The packages of all systems have the programs' names; what is
/// optional is not installed, only named.
const NEEDED: &[Needed] = &[
    Needed {
        program: "git",
        begins: "git version",
        minimum: Version::new(2, 35, 0),
        why: "`status --porcelain=v2` prints the `# stash` header",
        optional: false,
    },
    Needed {
        program: "tar",
        begins: "tar (GNU tar)",
        minimum: Version::new(1, 29, 0),
        why: "`--sort=name` and `--no-xattrs` are written by the builders",
        optional: false,
    },
    Needed {
        program: "rsync",
        begins: "rsync",
        minimum: Version::new(3, 1, 0),
        why: "`--outbuf` and the figures of `--stats` are as the builders read them",
        optional: false,
    },
    Needed {
        program: "bsdtar",
        begins: "bsdtar",
        minimum: Version::new(3, 5, 0),
        why: "tests of what both tars share; its package is libarchive-tools, libarchive or bsdtar",
        optional: true,
    },
];

/// The browsers of which the first that is there draws the page of a timeline in a test. Without one the test says
/// that it was left out, so nothing is installed for it.
const BROWSERS: &[&str] = &["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

/// How a program on this machine compares to what is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Good(Version),
    Old(Version),
    Other(&'static str),
    Unreadable,
    Missing,
}

/// How much `prepare` says when there is nothing to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Talk {
    Always,
    WhenNeeded,
}

pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    no_arguments("setup", args)?;
    prepare(Talk::Always)
}

/// Sets up for another command: says something only if it does something.
pub(crate) fn quietly() -> Result<(), Failure> {
    prepare(Talk::WhenNeeded)
}

fn prepare(talk: Talk) -> Result<(), Failure> {
    let found = look();
    let wanting = wanting(&found);
    if talk == Talk::Always || !wanting.is_empty() {
        println!("{}", table(&found));
    }
    if wanting.is_empty() {
        if talk == Talk::Always {
            println!("\neverything is there");
            println!("{}", optional(BROWSERS.iter().find_map(|name| find(name))));
        }
        return Ok(());
    }
    install::install(&wanting)?;
    let found = look();
    println!("\n{}", table(&found));
    match self::wanting(&found).as_slice() {
        [] => Ok(()),
        still => Err(Failure::Failed(format!(
            "the system's packages are not enough for {}: install what the table asks for, and put it on PATH",
            still.join(", ")
        ))),
    }
}

/// Says what becomes of the one test that needs a browser.
fn optional(browser: Option<PathBuf>) -> String {
    match browser {
        Some(path) => format!("optional: {} draws the page of a timeline in a test", path.display()),
        None => format!(
            "optional: a browser ({}), in which a test draws the page of a timeline; it is left out without one",
            BROWSERS.join(", ")
        ),
    }
}

type Row = (&'static Needed, Option<PathBuf>, Found);

fn look() -> Vec<Row> {
    NEEDED
        .iter()
        .map(|needed| (needed, find(needed.program)))
        .map(|(needed, path)| {
            let found = match &path {
                None => Found::Missing,
                Some(path) => match Tool::new(path).args(["--version"]).captured() {
                    Ok(said) => needed.judge(said.output.lines().next().unwrap_or("")),
                    Err(_) => Found::Unreadable,
                },
            };
            (needed, path, found)
        })
        .collect()
}

fn wanting(found: &[Row]) -> Vec<&'static str> {
    let wanting =
        found.iter().filter(|(needed, _, found)| !needed.optional && !matches!(found, Found::Good(_)));
    wanting.map(|(needed, _, _)| needed.program).collect()
}

fn table(found: &[Row]) -> Table {
    let mut table = Table::new(&["tool", "found", "needed", "path", "because"]);
    for (needed, path, found) in found {
        let path = path.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
        let optional = if needed.optional { ", optional" } else { "" };
        let minimum = format!("{}{optional}", needed.minimum);
        table.row([needed.program, &found.to_string(), &minimum, &path, needed.why]);
    }
    table
}

impl Needed {
    /// Judges a program by the first line of its `--version`.
    fn judge(&self, line: &str) -> Found {
        let others = ["bsdtar", "busybox", "openrsync"];
        let lower = line.to_lowercase();
        if let Some(other) = others.into_iter().find(|other| lower.contains(other) && *other != self.begins) {
            return Found::Other(other);
        }
        match Version::first_in(line) {
            Some(version) if line.starts_with(self.begins) && version >= self.minimum => Found::Good(version),
            Some(version) if line.starts_with(self.begins) => Found::Old(version),
            _ => Found::Unreadable,
        }
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Good(version) => write!(f, "{version}"),
            Self::Old(version) => write!(f, "{version}, too old"),
            Self::Other(name) => write!(f, "{name}, which has other options"),
            Self::Unreadable => f.write_str("no version that can be read"),
            Self::Missing => f.write_str("missing"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, NEEDED, Version, optional};

    #[track_caller]
    fn check(program: &str, line: &str, expected: Found) {
        let needed = NEEDED.iter().find(|needed| needed.program == program).unwrap();
        assert_eq!(needed.judge(line), expected, "{line}");
    }

    #[test]
    fn a_new_version_is_good() {
        check("git", "git version 2.47.3", Found::Good(Version::new(2, 47, 3)));
        check("tar", "tar (GNU tar) 1.34", Found::Good(Version::new(1, 34, 0)));
        check("rsync", "rsync  version 3.1.0  protocol version 31", Found::Good(Version::new(3, 1, 0)));
    }

    #[test]
    fn an_old_version_is_not() {
        check("git", "git version 2.34.1", Found::Old(Version::new(2, 34, 1)));
        check("rsync", "rsync  version 2.6.9  protocol version 29", Found::Old(Version::new(2, 6, 9)));
    }

    #[test]
    fn other_implementations_are_recognised() {
        check("tar", "bsdtar 3.6.2 - libarchive 3.6.2 zlib/1.2.13", Found::Other("bsdtar"));
        check("tar", "tar (busybox) 1.36.1", Found::Other("busybox"));
        check("tar", "BusyBox v1.36.1 () multi-call binary.", Found::Other("busybox"));
        let line = "openrsync: protocol version 29, rsync version 2.6.9 compatible";
        check("rsync", line, Found::Other("openrsync"));
    }

    #[test]
    fn a_browser_is_named_and_not_needed() {
        assert!(optional(None).contains("chromium") && optional(None).contains("left out"));
        let path = std::path::PathBuf::from("/usr/bin/chromium");
        assert!(optional(Some(path)).starts_with("optional: /usr/bin/chromium "));
        assert!(NEEDED.iter().all(|needed| needed.program != "chromium"));
    }

    #[test]
    fn what_is_optional_is_never_installed() {
        check("bsdtar", "bsdtar 3.6.2 - libarchive 3.6.2 zlib/1.2.13", Found::Good(Version::new(3, 6, 2)));
        let missing: Vec<_> = NEEDED.iter().map(|needed| (needed, None, Found::Missing)).collect();
        assert_eq!(super::wanting(&missing), ["git", "tar", "rsync"]);
    }

    #[test]
    fn nonsense_is_not_a_version() {
        check("git", "", Found::Unreadable);
        check("git", "error: no such option 1.2", Found::Unreadable);
    }
}
