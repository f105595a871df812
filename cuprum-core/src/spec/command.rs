//! The trait of a typed command.

use std::ffi::OsString;

use super::{Argv, ArgvError, OutputError, Program, SafeCmd, Tier};
use crate::outcome::Outcome;

/// A typed command: a struct whose fields are its arguments.
///
/// Implemented by `#[derive(Command)]`.
pub trait Command: Sized {
    /// The program that runs it.
    type Program: Program;
    /// What its output is read into.
    type Output: Send + 'static;
    /// The constant facts about the command.
    const SPEC: &'static CommandSpec;

    /// Writes the arguments, after the subcommand.
    fn write(&self, argv: &mut Argv);

    /// Reads the typed output of a run whose exit was accepted.
    ///
    /// # Errors
    ///
    /// An [`OutputError`] where the output is not what the program was asked for.
    fn read_output(outcome: &Outcome) -> Result<Self::Output, OutputError>;

    /// Returns the words after the program's name, without running anything.
    ///
    /// # Errors
    ///
    /// An [`ArgvError`] that names the field that cannot be written.
    fn argv(&self) -> Result<Vec<OsString>, ArgvError> {
        let mut argv = Argv::new(Self::Program::SPEC);
        for word in Self::SPEC.subcommand() {
            argv.word(word);
        }
        self.write(&mut argv);
        argv.finish()
    }

    /// Returns the prepared value that contexts run.
    fn prepare(&self) -> SafeCmd<Self::Output, Self::Program> {
        SafeCmd::new(Self::SPEC, self.argv(), Self::read_output)
    }
}

/// The constant facts about a command: its subcommand, its tier, its accepted exit codes.
#[derive(Debug, PartialEq, Eq)]
pub struct CommandSpec {
    subcommand: &'static [&'static str],
    tier: Tier,
    ok: &'static [i32],
}

impl CommandSpec {
    /// Describes a command with this subcommand path, which may be empty.
    pub const fn new(subcommand: &'static [&'static str]) -> Self {
        Self { subcommand, tier: Tier::Write, ok: &[0] }
    }

    /// Sets the tier.
    #[must_use]
    pub const fn with_tier(mut self, tier: Tier) -> Self {
        self.tier = tier;
        self
    }

    /// Returns the subcommand path.
    pub const fn subcommand(&self) -> &'static [&'static str] {
        self.subcommand
    }

    /// Returns the tier.
    pub const fn tier(&self) -> Tier {
        self.tier
    }

    /// Returns the exit codes that are no failure.
    pub const fn ok(&self) -> &'static [i32] {
        self.ok
    }
}
