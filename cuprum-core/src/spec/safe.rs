//! The prepared command: what `Command` and templates become, and what a context runs.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;

use super::{
    ArgvError, Attached, Attributes, CommandSpec, Destination, Environment, Limits, Need, OutputError,
    Program, ProgramSpec, Secrets, Stdin, Tier, quote,
};
use crate::outcome::Outcome;

/// A prepared command of the program `P` whose output is read into `O`.
///
/// Made from a [`Command`](super::Command) by its first adapter (`in_dir`, `env`, `accept`, …), or by
/// [`Command::prepare`](super::Command::prepare). A fault found while the argv was written is kept and returned by
/// the verb, before anything is started.
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
    pub(crate) command: &'static CommandSpec,
    pub(crate) args: Result<Vec<OsString>, ArgvError>,
    pub(crate) secrets: Secrets,
    pub(crate) needs: Vec<Need>,
    pub(crate) environment: Environment,
    pub(crate) stdin: Stdin,
    pub(crate) limits: Limits,
    pub(crate) stdout: Destination,
    pub(crate) stderr: Destination,
    pub(crate) accept: Cow<'static, [i32]>,
    pub(crate) tier: Tier,
    pub(crate) dir: Option<PathBuf>,
    pub(crate) attributes: Attributes,
    pub(crate) attached: Attached,
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
            command: spec,
            args,
            secrets: Secrets::default(),
            needs: Vec::new(),
            environment: Environment::new(),
            stdin: Stdin::Null,
            limits: Limits::default(),
            stdout: Destination::default(),
            stderr: Destination::default(),
            accept: Cow::Borrowed(spec.ok()),
            tier: spec.tier(),
            dir: None,
            attributes: Attributes::default(),
            attached: Attached::default(),
        };
        Self { line, read, program: PhantomData }
    }

    /// Changes what is written of it.
    pub(super) fn with(mut self, change: impl FnOnce(&mut Line)) -> Self {
        change(&mut self.line);
        self
    }
}

impl<O, P> Clone for SafeCmd<O, P> {
    fn clone(&self) -> Self {
        Self { line: self.line.clone(), read: self.read, program: PhantomData }
    }
}

/// The command line as text that a POSIX shell reads back as the same words.
impl<O, P> fmt::Display for SafeCmd<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&command_line(self.program, self.args.as_deref(), &self.secrets))
    }
}

/// Returns a command line with the program's name, not its file, and secrets as `***`.
pub(crate) fn command_line(
    program: &ProgramSpec,
    args: Result<&[OsString], &ArgvError>,
    secrets: &Secrets,
) -> String {
    let name = quote(OsStr::new(program.name()));
    match args {
        Ok(args) => secrets.shown(args).fold(name, |line, word| line + " " + &quote(&word)),
        Err(error) => format!("{name} <{error}>"),
    }
}

impl<O, P> fmt::Debug for SafeCmd<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}
