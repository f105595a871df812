//! What crosses crates, needs programs, or must not compile: the commands that its tests share.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use cuprum::spec::{Argv, CommandSpec, FromOutput as _, IntoSafe as _, OutputError, ProgramSpec, SafeCmd};
use cuprum::{Command, Outcome, Program};

/// The test program of this package.
#[derive(Debug)]
pub enum Probe {}

impl Program for Probe {
    const SPEC: &'static ProgramSpec = &ProgramSpec::new("probe");
}

/// A run of the test program with these words.
#[derive(Debug)]
pub struct ProbeWords(Vec<OsString>);

impl Command for ProbeWords {
    type Program = Probe;
    type Output = Vec<u8>;
    const SPEC: &'static CommandSpec = &CommandSpec::new(&[]);

    fn write(&self, argv: &mut Argv) {
        for word in &self.0 {
            argv.operand(&word.as_os_str());
        }
    }

    fn read_output(outcome: &Outcome) -> Result<Vec<u8>, OutputError> {
        Vec::from_output(outcome)
    }
}

/// Returns a run of the test program that lies at `exe`, found through the child's `PATH`.
pub fn probe<W: AsRef<OsStr>>(exe: &str, words: impl IntoIterator<Item = W>) -> SafeCmd<Vec<u8>, Probe> {
    let words = words.into_iter().map(|word| word.as_ref().to_owned()).collect();
    let dir = Path::new(exe).parent().unwrap_or(Path::new("/"));
    ProbeWords(words).env("PATH", dir)
}
