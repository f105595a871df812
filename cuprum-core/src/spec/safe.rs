//! The prepared command: what `Command` and templates become, and what a context runs.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::time::Duration;

use super::{
    ArgvError, Budget, CancelToken, Command, CommandSpec, Environment, Leftovers, Limits, Need, OutputError,
    Program, ProgramSpec, Secrets, Stdin, Stdio, Tier, quote,
};
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
    pub(crate) command: &'static CommandSpec,
    pub(crate) args: Result<Vec<OsString>, ArgvError>,
    pub(crate) secrets: Secrets,
    pub(crate) needs: Vec<Need>,
    pub(crate) environment: Environment,
    pub(crate) stdin: Stdin,
    pub(crate) limits: Limits,
    pub(crate) stdout: Stdio,
    pub(crate) stderr: Stdio,
    pub(crate) accept: Cow<'static, [i32]>,
    pub(crate) tier: Tier,
    pub(crate) dir: Option<PathBuf>,
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
            stdout: Stdio::Capture,
            stderr: Stdio::Capture,
            accept: Cow::Borrowed(spec.ok()),
            tier: spec.tier(),
            dir: None,
        };
        Self { line, read, program: PhantomData }
    }

    fn with(mut self, change: impl FnOnce(&mut Line)) -> Self {
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
        f.write_str(&quote(OsStr::new(self.program.name())))?;
        match &self.args {
            Ok(args) => self.secrets.shown(args).try_for_each(|word| write!(f, " {}", quote(&word))),
            Err(error) => write!(f, " <{error}>"),
        }
    }
}

impl<O, P> fmt::Debug for SafeCmd<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}

/// What can be run: every [`Command`], and every command that is prepared already.
///
/// The adapters turn a command into its prepared form, so setters of the command come first.
pub trait IntoSafe: Sized {
    /// The program that runs it.
    type Program: Program;
    /// What its output is read into.
    type Output: Send + 'static;

    /// Returns the prepared command.
    fn into_safe(self) -> SafeCmd<Self::Output, Self::Program>;

    /// Runs the command in `dir`; a relative one is taken from the parent's working directory.
    ///
    /// The program itself is looked up before the directory is entered.
    #[doc(alias = "cd")]
    #[doc(alias = "current_dir")]
    fn in_dir(self, dir: impl Into<PathBuf>) -> SafeCmd<Self::Output, Self::Program> {
        let dir = dir.into();
        self.into_safe().with(|line| line.dir = Some(dir))
    }

    /// Sets an environment variable of the child; the last call of a name wins.
    fn env(
        self,
        name: impl Into<OsString>,
        value: impl Into<OsString>,
    ) -> SafeCmd<Self::Output, Self::Program> {
        let (name, value) = (name.into(), value.into());
        self.into_safe().with(|line| line.environment.set(name, value))
    }

    /// Takes an environment variable away from the child.
    fn env_remove(self, name: impl Into<OsString>) -> SafeCmd<Self::Output, Self::Program> {
        let name = name.into();
        self.into_safe().with(|line| line.environment.remove(name))
    }

    /// Lets the child inherit no variable, and forgets those set so far.
    ///
    /// What the program is always given, by `env(set(..))` of its derive, it is still given.
    fn env_clear(self) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.environment.clear())
    }

    /// Takes these exit codes as success, in place of those the command names itself.
    fn accept(self, codes: impl IntoIterator<Item = i32>) -> SafeCmd<Self::Output, Self::Program> {
        let codes = codes.into_iter().collect();
        self.into_safe().with(|line| line.accept = Cow::Owned(codes))
    }

    /// Stops the command when it has run for this long; by default as the context says.
    ///
    /// Its group is asked to end (`SIGTERM`, and `SIGCONT` so that it can), given a
    /// [grace](Self::grace), and killed. What it printed is in the error.
    fn timeout(self, limit: Duration) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.limits.timeout = Some(limit))
    }

    /// Stops the command when it has printed nothing for this long on the streams that are captured.
    fn idle_timeout(self, limit: Duration) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.limits.idle_timeout = Some(limit))
    }

    /// Stops the command when it has used up `budget`, or that of its context.
    fn budget(self, budget: Budget) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.limits.budget = line.limits.budget.and(budget))
    }

    /// Sets how long the command's group has to end when it is stopped, before it is killed.
    fn grace(self, grace: Duration) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.limits.grace = Some(grace))
    }

    /// Sets what is done when the command has exited and others still hold its streams.
    fn leftovers(self, leftovers: Leftovers) -> SafeCmd<Self::Output, Self::Program> {
        self.into_safe().with(|line| line.limits.leftovers = Some(leftovers))
    }

    /// Stops the command when `token` is cancelled; several tokens can be given.
    fn cancelled_by(self, token: &CancelToken) -> SafeCmd<Self::Output, Self::Program> {
        let token = token.clone();
        self.into_safe().with(|line| line.limits.cancel.push(token))
    }

    /// Sets where standard input comes from: text, bytes, an open file, or what [`Stdin`] names. By default
    /// it is empty.
    fn stdin(self, stdin: impl Into<Stdin>) -> SafeCmd<Self::Output, Self::Program> {
        let stdin = stdin.into();
        self.into_safe().with(|line| line.stdin = stdin)
    }

    /// Sets where standard output goes; by default it is captured.
    fn stdout(self, stdout: impl Into<Stdio>) -> SafeCmd<Self::Output, Self::Program> {
        let stdout = stdout.into();
        self.into_safe().with(|line| line.stdout = stdout)
    }

    /// Sets where standard error goes; by default it is captured.
    fn stderr(self, stderr: impl Into<Stdio>) -> SafeCmd<Self::Output, Self::Program> {
        let stderr = stderr.into();
        self.into_safe().with(|line| line.stderr = stderr)
    }
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
