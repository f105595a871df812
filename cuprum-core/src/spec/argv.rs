//! The writer that turns fields into argv, in the one documented order.

use std::ffi::OsString;

use super::{ArgValue, ProgramSpec};

/// Collects the words of a command line.
#[derive(Debug)]
pub struct Argv {
    separator: Option<&'static str>,
    words: Vec<OsString>,
    operands: Vec<OsString>,
}

impl Argv {
    /// Starts the command line of a program.
    pub fn new(program: &'static ProgramSpec) -> Self {
        Self { separator: program.separator(), words: Vec::new(), operands: Vec::new() }
    }

    /// Writes a word that the developer wrote: a subcommand or a flag.
    pub fn word(&mut self, word: &'static str) {
        self.words.push(word.into());
    }

    /// Writes an operand.
    pub fn operand(&mut self, value: &dyn ArgValue) {
        self.operands.push(value.to_os());
    }

    /// Returns the words.
    pub fn finish(mut self) -> Result<Vec<OsString>, ArgvError> {
        if !self.operands.is_empty() {
            self.words.extend(self.separator.map(OsString::from));
            self.words.append(&mut self.operands);
        }
        Ok(self.words)
    }
}

/// Says which argument of a command cannot be written, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{argument}` {kind}")]
pub struct ArgvError {
    kind: ArgvErrorKind,
    argument: String,
}

/// Why an argument cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArgvErrorKind {
    /// The word holds a NUL byte, which no program can be given.
    #[error("holds a NUL byte")]
    Nul,
}

impl ArgvError {
    /// Creates an error about the argument called `argument`.
    pub fn new(kind: ArgvErrorKind, argument: impl Into<String>) -> Self {
        Self { kind, argument: argument.into() }
    }

    /// Returns why.
    pub fn kind(&self) -> ArgvErrorKind {
        self.kind
    }

    /// Returns the argument's name: the field.
    pub fn argument(&self) -> &str {
        &self.argument
    }
}
