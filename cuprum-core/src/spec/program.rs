//! The checked, nominal name of an executable that a project may run.

/// An executable that a project may run, as a type.
///
/// Implemented by `#[derive(Program)]` on a unit struct. The type is the identity that allowlists
/// are made of; the [`ProgramSpec`] says how the file is found and how its command line is written.
pub trait Program: 'static {
    /// The constant facts about the program.
    const SPEC: &'static ProgramSpec;
}

/// The constant facts about a program: its file name, its separator, its environment.
#[derive(Debug, PartialEq, Eq)]
pub struct ProgramSpec {
    name: &'static str,
    separator: Option<&'static str>,
    set_env: &'static [(&'static str, &'static str)],
    remove_env: &'static [&'static str],
}

impl ProgramSpec {
    /// Describes the program whose file is called `name`.
    pub const fn new(name: &'static str) -> Self {
        Self { name, separator: None, set_env: &[], remove_env: &[] }
    }

    /// Sets what ends the options of this program, for example `--`.
    #[must_use]
    pub const fn with_separator(mut self, separator: &'static str) -> Self {
        self.separator = Some(separator);
        self
    }

    /// Sets the variables that every command of this program is given.
    #[must_use]
    pub const fn with_set_env(mut self, set: &'static [(&'static str, &'static str)]) -> Self {
        self.set_env = set;
        self
    }

    /// Sets the variables that no command of this program inherits; a trailing `*` matches a prefix.
    #[must_use]
    pub const fn with_remove_env(mut self, remove: &'static [&'static str]) -> Self {
        self.remove_env = remove;
        self
    }

    /// Returns the file name that is looked up.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns what ends the options, if the program knows such a word.
    pub const fn separator(&self) -> Option<&'static str> {
        self.separator
    }

    /// Returns the variables that every command of this program is given.
    pub const fn set_env(&self) -> &'static [(&'static str, &'static str)] {
        self.set_env
    }

    /// Returns the variables that are not inherited; a trailing `*` matches a prefix.
    pub const fn remove_env(&self) -> &'static [&'static str] {
        self.remove_env
    }
}
