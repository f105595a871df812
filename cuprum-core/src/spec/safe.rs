//! The prepared command: what `Command` and templates become, and what a context runs.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;

use super::{ArgvError, Command, CommandSpec, Environment, OutputError, Program, ProgramSpec, Secrets, Tier};
use crate::outcome::Outcome;

/// A prepared command of the program `P` whose output is read into `O`.
///
/// Made from a [`Command`] by its first adapter (`in_dir`, `env`, `accept`, …), or by
/// [`Command::prepare`]. A fault found while the argv was written is kept and returned by the verb,
/// before anything is started.
#[must_use = "a command does nothing until it is run"]
pub struct SafeCmd<O, P> {
    pub(crate) line: Line,
    pub(crate) read: fn(&Outcome) -> Result<O, OutputError>,
    pub(crate) program: PhantomData<fn() -> P>,
}

/// The parts of a prepared command that do not depend on its types.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) program: &'static ProgramSpec,
    pub(crate) args: Result<Vec<OsString>, ArgvError>,
    pub(crate) secrets: Secrets,
    pub(crate) environment: Environment,
    pub(crate) stdin: Stdin,
    pub(crate) accept: Cow<'static, [i32]>,
    pub(crate) tier: Tier,
    pub(crate) dir: Option<PathBuf>,
}

/// Where a command's standard input comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stdin {
    /// Nothing: the first read sees the end of the input.
    #[default]
    Null,
    /// The parent's standard input.
    Inherit,
    /// These bytes, then the end.
    Bytes(Vec<u8>),
}

impl<O, P: Program> SafeCmd<O, P> {
    /// Prepares a command from its facts, its words, and the reader of its output.
    pub fn new(
        spec: &'static CommandSpec,
        args: Result<Vec<OsString>, ArgvError>,
        read: fn(&Outcome) -> Result<O, OutputError>,
    ) -> Self {
        let line = Line {
            program: P::SPEC,
            args,
            secrets: Secrets::default(),
            environment: Environment::new(),
            stdin: Stdin::Null,
            accept: Cow::Borrowed(spec.ok()),
            tier: spec.tier(),
            dir: None,
        };
        Self { line, read, program: PhantomData }
    }
}

impl<O, P> Clone for SafeCmd<O, P> {
    fn clone(&self) -> Self {
        Self { line: self.line.clone(), read: self.read, program: PhantomData }
    }
}

impl<O, P> fmt::Debug for SafeCmd<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}

/// What can be run: every [`Command`], and every command that is prepared already.
pub trait IntoSafe: Sized {
    /// The program that runs it.
    type Program: Program;
    /// What its output is read into.
    type Output: Send + 'static;

    /// Returns the prepared command.
    fn into_safe(self) -> SafeCmd<Self::Output, Self::Program>;
}

impl<C: Command> IntoSafe for C {
    type Program = C::Program;
    type Output = C::Output;

    fn into_safe(self) -> SafeCmd<Self::Output, Self::Program> {
        self.prepare()
    }
}

impl<O: Send + 'static, P: Program> IntoSafe for SafeCmd<O, P> {
    type Program = P;
    type Output = O;

    fn into_safe(self) -> Self {
        self
    }
}
