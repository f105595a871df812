//! The checked, nominal name of an executable that a project may run.

use super::{LooseCmd, ProgramSpec};

/// An executable that a project may run, as a type.
///
/// Implemented by `#[derive(Program)]` on a unit struct. The type is the identity that allowlists
/// are made of; the [`ProgramSpec`] says how the file is found and how its command line is written.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a program",
    label = "not a program",
    note = "a program is a unit struct with `#[derive(Program)]`"
)]
pub trait Program: 'static {
    /// Whether the program has a separator: [`Separated`](super::Separated) if
    /// [`ProgramSpec::separator`] is a word, [`Unseparated`](super::Unseparated) if it is none.
    type Separator;
    /// The constant facts about the program.
    const SPEC: &'static ProgramSpec;

    /// Starts a command line that is put together word by word.
    fn cmd() -> LooseCmd<Self>
    where
        Self: Sized,
    {
        LooseCmd::new()
    }
}

/// Where the file of a program is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Search {
    /// In `$PATH`, whose relative and empty entries are skipped.
    #[default]
    Path,
    /// In the fixed system directories of the platform, whatever `$PATH` says.
    Trusted,
    /// In these directories only, in this order.
    Directories(&'static [&'static str]),
}

/// Which of the parent's variables a program inherits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inherit {
    /// All of them.
    #[default]
    All,
    /// None of them.
    Nothing,
    /// Those of these names; a trailing `*` matches a prefix.
    Only(&'static [&'static str]),
}

/// Returns the package that a program is declared in, empty where another tool than cargo builds it.
#[doc(hidden)]
pub const fn package(name: Option<&'static str>) -> &'static str {
    match name {
        Some(name) => name,
        None => "",
    }
}

/// Stands in for the program of a command that names none, which does not compile.
#[doc(hidden)]
#[derive(Debug)]
pub enum NoProgram {}

impl Program for NoProgram {
    type Separator = super::Separated;
    const SPEC: &'static ProgramSpec = &ProgramSpec::new("");
}
