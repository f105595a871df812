//! Stages joined by pipes: what a pipeline is made of, and when it fails.

use std::ffi::OsString;
use std::fmt;
use std::marker::PhantomData;
use std::ops::BitOr;
use std::path::PathBuf;
use std::time::Duration;

use super::{
    Budget, Bulkhead, CancelToken, Command, Destination, EnvValue, Environment, Leftovers, Limits, Line,
    OutputError, Program, Pump, SafeCmd, Stdin,
};
use crate::outcome::Outcome;

/// Commands whose standard output is the next one's standard input; the output is the last one's.
///
/// Made by `|`, by [`Stage::pipe`], or by [`pipe!`](crate::pipe). All stages run at once, joined by pipes
/// of the kernel, and the parent holds no end of them: a slow reader slows its writer, and a reader that
/// ends early ends its writer by `SIGPIPE`, which is then no failure.
///
/// # What flows between stages
///
/// A stage before the last that is given a [`Capture`](super::Capture), or [`tee`](super::IntoSafe::tee), is
/// observed: what it prints passes through the parent, which keeps it, counts it, copies it to sinks and cuts it into
/// lines as it would that of the last stage, and hands it on to the next stage. Everything else stays as it is: when
/// the next stage reads no more, the parent closes its end, and the stage gets `SIGPIPE`; what was read until then is
/// kept. A [lossless](super::Sink::lossless) sink that is slow slows both stages. How the bytes are moved, a
/// [`Pump`] says.
///
/// `P` names the programs, as a context's allowlist sees them.
///
/// # Limits
///
/// A limit of the pipeline, or of any of its stages, holds for the whole: of several, the smallest.
#[must_use = "a pipeline does nothing until it is run"]
pub struct Pipeline<O, P> {
    pub(crate) stages: Stages,
    pub(crate) read: fn(&Outcome) -> Result<O, OutputError>,
    programs: PhantomData<fn() -> P>,
}

/// The parts of a pipeline that do not depend on its types; there is at least one stage.
#[derive(Clone)]
pub(crate) struct Stages {
    pub(crate) lines: Vec<Line>,
    /// None where nothing was said; what is then, depends on who runs it.
    pub(crate) mode: Option<Mode>,
    pub(crate) pump: Option<Pump>,
    pub(crate) limits: Limits,
}

/// When a pipeline has failed, and what happens then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// The first stage to fail in time fails the pipeline, and the others are stopped.
    #[default]
    FailFast,
    /// Only the last stage counts, as in `sh`. Every stage runs to its end.
    Last,
    /// Every stage runs to its end, and the last of those that failed, in order, fails the pipeline, as
    /// `set -o pipefail` does.
    PipeFail,
}

/// The programs of two parts of a pipeline; each must be permitted.
#[derive(Debug)]
pub struct Both<P, Q>(PhantomData<fn() -> (P, Q)>);

/// Programs that the compiler does not know; only a context that promises nothing permits them.
#[derive(Debug)]
pub enum Mixed {}

/// What `A | B` is.
pub type Piped<A, B> = Pipeline<<B as Stage>::Output, Both<<A as Stage>::Programs, <B as Stage>::Programs>>;

/// What can be a stage: every command, and every pipeline, whose stages then follow each other.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a pipeline stage",
    label = "not a command",
    note = "a stage is a struct with `#[derive(Command)]`, a prepared command, or a pipeline"
)]
pub trait Stage: Sized {
    /// The programs of its stages.
    type Programs;
    /// What the output of its last stage is read into.
    type Output: Send + 'static;
    /// What it is behind a command of the program `P`: [`Piped`], which the compiler finds sooner here.
    #[doc(hidden)]
    type Behind<P>;

    /// Returns the pipeline of its stages.
    fn into_pipeline(self) -> Pipeline<Self::Output, Self::Programs>;

    /// Gives its standard output to `next` as standard input.
    fn pipe<S: Stage>(self, next: S) -> Piped<Self, S> {
        let (mut first, next) = (self.into_pipeline(), next.into_pipeline());
        first.stages.lines.extend(next.stages.lines);
        first.stages.limits = first.stages.limits.and(next.stages.limits);
        let (mode, pump) = (first.stages.mode.or(next.stages.mode), first.stages.pump.or(next.stages.pump));
        let stages = Stages { mode, pump, ..first.stages };
        Pipeline::new(stages, next.read)
    }

    /// Is given the standard output of `first`: what `|` of a command is.
    #[doc(hidden)]
    fn behind<C: Command>(self, first: C) -> Self::Behind<C::Program>;
}

// The compiler then says that the trait is not implemented, and not that the type is no `Command`.
#[diagnostic::do_not_recommend]
impl<C: Command> Stage for C {
    type Programs = C::Program;
    type Output = C::Output;
    type Behind<P> = Pipeline<C::Output, Both<P, C::Program>>;

    fn into_pipeline(self) -> Pipeline<C::Output, C::Program> {
        self.prepare().into_pipeline()
    }

    fn behind<D: Command>(self, first: D) -> Self::Behind<D::Program> {
        first.pipe(self)
    }
}

impl<O: Send + 'static, P: Program> Stage for SafeCmd<O, P> {
    type Programs = P;
    type Output = O;
    type Behind<Q> = Pipeline<O, Both<Q, P>>;

    fn into_pipeline(self) -> Pipeline<O, P> {
        let SafeCmd { line, read, .. } = self;
        let stages = Stages { limits: line.limits.clone(), lines: vec![line], mode: None, pump: None };
        Pipeline::new(stages, read)
    }

    fn behind<C: Command>(self, first: C) -> Self::Behind<C::Program> {
        first.pipe(self)
    }
}

impl<O: Send + 'static, P> Stage for Pipeline<O, P> {
    type Programs = P;
    type Output = O;
    type Behind<Q> = Pipeline<O, Both<Q, P>>;

    fn into_pipeline(self) -> Self {
        self
    }

    fn behind<C: Command>(self, first: C) -> Self::Behind<C::Program> {
        first.pipe(self)
    }
}

impl<O: Send + 'static, P: Program, S: Stage> BitOr<S> for SafeCmd<O, P> {
    type Output = Piped<Self, S>;

    fn bitor(self, next: S) -> Self::Output {
        self.pipe(next)
    }
}

impl<O: Send + 'static, P, S: Stage> BitOr<S> for Pipeline<O, P> {
    type Output = Piped<Self, S>;

    fn bitor(self, next: S) -> Self::Output {
        self.pipe(next)
    }
}

/// Joins commands by pipes: `pipe![a, b, c]` is `a | b | c`, without parentheses where methods follow.
#[macro_export]
macro_rules! pipe {
    ($first:expr, $($next:expr),+ $(,)?) => {{
        let pipeline = $crate::spec::Stage::into_pipeline($first);
        $(let pipeline = $crate::spec::Stage::pipe(pipeline, $next);)+
        pipeline
    }};
    ($($one:expr)? $(,)?) => {
        ::core::compile_error!("a pipeline has at least two stages: `pipe![first, second]`")
    };
}

impl<O, P> Pipeline<O, P> {
    pub(super) fn new(stages: Stages, read: fn(&Outcome) -> Result<O, OutputError>) -> Self {
        Self { stages, read, programs: PhantomData }
    }

    fn with(mut self, change: impl FnOnce(&mut Stages)) -> Self {
        change(&mut self.stages);
        self
    }

    fn with_lines(mut self, change: impl FnMut(&mut Line)) -> Self {
        self.stages.lines.iter_mut().for_each(change);
        self
    }

    /// Forgets which programs it runs, so that pipelines of different commands have one type.
    ///
    /// What it may run is checked when it runs, as always.
    pub fn mixed(self) -> Pipeline<O, Mixed> {
        Pipeline::new(self.stages, self.read)
    }

    /// Sets when the pipeline has failed, and what happens then.
    pub fn mode(self, mode: Mode) -> Self {
        self.with(|stages| stages.mode = Some(mode))
    }

    /// Sets how the parent moves what it must see between two stages; by default as the context says.
    pub fn pump(self, pump: Pump) -> Self {
        self.with(|stages| stages.pump = Some(pump))
    }

    /// Sets where the first stage's standard input comes from; by default it is empty.
    pub fn stdin(self, stdin: impl Into<Stdin>) -> Self {
        let stdin = stdin.into();
        self.with(|stages| {
            if let Some(line) = stages.lines.first_mut() {
                line.stdin = stdin;
            }
        })
    }

    /// Sets where the last stage's standard output goes; by default it is captured.
    pub fn stdout(self, stdout: impl Into<Destination>) -> Self {
        let stdout = stdout.into();
        self.with(|stages| {
            if let Some(line) = stages.lines.last_mut() {
                line.stdout = stdout;
            }
        })
    }

    /// Runs every stage in `dir`; a stage that has a directory of its own keeps it.
    pub fn in_dir(self, dir: impl Into<PathBuf>) -> Self {
        let dir = dir.into();
        self.with_lines(|line| {
            line.dir.get_or_insert_with(|| dir.clone());
        })
    }

    /// Sets an environment variable of every stage.
    ///
    /// The value is text, or a [`Secret`](super::Secret) text, which nothing of Cuprum shows.
    pub fn env(self, name: impl Into<OsString>, value: impl EnvValue) -> Self {
        let mut change = Environment::new();
        change.set(name, value);
        self.with_lines(|line| line.environment.change(change.clone()))
    }

    /// Takes an environment variable away from every stage.
    pub fn env_remove(self, name: impl Into<OsString>) -> Self {
        let name = name.into();
        self.with_lines(|line| line.environment.remove(name.clone()))
    }

    /// Stops the pipeline when it has taken this long, the before hooks of all stages included.
    ///
    /// Each stage's group is asked to end, given a [grace](Self::grace), and killed.
    pub fn timeout(self, limit: Duration) -> Self {
        self.with(|stages| stages.limits.timeout = Some(limit))
    }

    /// Stops the pipeline when nothing has come for this long on the streams that are captured: the
    /// last stage's standard output, every stage's standard error, and what is observed between stages.
    pub fn idle_timeout(self, limit: Duration) -> Self {
        self.with(|stages| stages.limits.idle_timeout = Some(limit))
    }

    /// Stops the pipeline when its stages together have used up `budget`.
    pub fn budget(self, budget: Budget) -> Self {
        self.with(|stages| stages.limits.budget = stages.limits.budget.and(budget))
    }

    /// Sets how long the stages have to end when they are stopped, before they are killed.
    pub fn grace(self, grace: Duration) -> Self {
        self.with(|stages| stages.limits.grace = Some(grace))
    }

    /// Sets what is done when every stage has exited and others still hold their streams.
    pub fn leftovers(self, leftovers: Leftovers) -> Self {
        self.with(|stages| stages.limits.leftovers = Some(leftovers))
    }

    /// Stops the pipeline when `token` is cancelled; several tokens can be given.
    pub fn cancelled_by(self, token: &CancelToken) -> Self {
        let token = token.clone();
        self.with(|stages| stages.limits.cancel.push(token))
    }

    /// Lets the pipeline run only while it has a place in `bulkhead`, one for all stages; several can be given.
    pub fn limited_by(self, bulkhead: &Bulkhead) -> Self {
        let bulkhead = bulkhead.clone();
        self.with(|stages| stages.limits.bulkheads.push(bulkhead))
    }

    /// Lets the pipeline start only as often as `limit` says; several can be given.
    #[cfg(feature = "rate-limit")]
    pub fn paced_by(self, limit: &super::RateLimit) -> Self {
        let limit = limit.clone();
        self.with(|stages| stages.limits.rates.push(limit))
    }
}

impl<O, P> Clone for Pipeline<O, P> {
    fn clone(&self) -> Self {
        Self { stages: self.stages.clone(), read: self.read, programs: PhantomData }
    }
}

/// The command lines with `|` between them, as a POSIX shell reads them back.
impl<O, P> fmt::Display for Pipeline<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.stages, f)
    }
}

impl fmt::Display for Stages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().enumerate().try_for_each(|(index, line)| match index {
            0 => line.fmt(f),
            _ => write!(f, " | {line}"),
        })
    }
}

impl fmt::Debug for Stages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<O, P> fmt::Debug for Pipeline<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.stages, f)
    }
}
