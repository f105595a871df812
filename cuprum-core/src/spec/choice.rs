//! Commands of which one gives the result, or some of them do: which, in what order, and what others may do.

use std::fmt;
use std::time::Duration;

use super::{Both, Pipeline, Stage};

/// Commands or pipelines of which one gives the result; made by [`race`], [`race_ok`], [`first_ok`] and
/// [`hedge`].
///
/// The run ends when all that was started has ended: those that are no longer needed are torn down, as after a
/// timeout, and waited for. The results are in the order in which the commands were given; its verb
/// [`output`](crate::Run::output) has what became of each that was started.
///
/// # Errors
///
/// Before anything is started, every verb fails for a choice without commands, a program that the context does
/// not permit, a timeout of zero, and an input that two commands would read. What runs beside others may be
/// stopped half-way, so where it is not first_ok, a command of a [tier](crate::Tier) above read is refused,
/// too, unless [`idempotent`](Self::idempotent) was said.
///
/// # Cancel safety
///
/// Dropping a run of it tears down what is running.
#[must_use = "a choice does nothing until it is run"]
pub struct Choice<O, P> {
    pub(crate) items: Vec<Pipeline<O, P>>,
    pub(crate) rule: ChoiceRule,
}

/// Commands of which so many must succeed; made by [`quorum`].
///
/// As with a [`Choice`], the run ends when all that was started has ended, and the same is refused.
#[must_use = "a quorum does nothing until it is run"]
pub struct Quorum<O, P> {
    pub(crate) choice: Choice<O, P>,
    pub(crate) needed: usize,
}

/// How the result is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ChoiceRule {
    pub(crate) how: How,
    /// Whether commands that change something may be stopped half-way, or run twice.
    pub(crate) idempotent: bool,
    /// How long all of it may take.
    pub(crate) timeout: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// All at once, and the first that ends.
    First,
    /// All at once, and the first that succeeds.
    FirstSuccess,
    /// One after the other, until one succeeds.
    InOrder,
    /// The next one after this long, and the first that ends.
    Hedge(Duration),
    /// All at once, until so many have succeeded.
    Quorum(usize),
}

/// Runs commands at the same time; the first that ends gives the result, whatever its exit code is.
///
/// Of several that are found to have ended at once, it is the first that was given. What could not be started
/// takes no part. See [`race_ok`] for the first that succeeds.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Resolve;
/// # #[derive(Command)]
/// # #[command(program = Resolve, tier = read, output = String)]
/// # struct Ask { #[arg(positional, allow_hyphen)] server: String }
/// use std::time::Duration;
///
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
///
/// let lab = Lab::new()
///     .on_words(["resolve", "near"], Script::stdout("10.0.0.7"))
///     .on_words(["resolve", "far"], Script::new().wait(Duration::from_secs(9)).print("10.0.0.7"));
/// let address = lab.run(cuprum::race(["near", "far"].map(Ask::new)).run())?;
/// assert_eq!(address, "10.0.0.7");
/// # Ok::<(), cuprum::Error>(())
/// ```
pub fn race<S: Stage>(commands: impl IntoIterator<Item = S>) -> Choice<S::Output, S::Programs> {
    Choice::new(commands, How::First)
}

/// Runs commands at the same time; the first that succeeds gives the result.
///
/// If all fail, the error is the worst of theirs, of several the first that was given; the
/// [others](crate::Error::others) are with it.
#[doc(alias = "select_ok")]
pub fn race_ok<S: Stage>(commands: impl IntoIterator<Item = S>) -> Choice<S::Output, S::Programs> {
    Choice::new(commands, How::FirstSuccess)
}

/// Runs commands one after the other, until one succeeds, which gives the result.
///
/// A program that is not there is a failure like others. A cancellation, a panic and the end of the
/// [timeout](Choice::timeout) of the whole end it. If all fail, the error is that of the last, and the
/// [others](crate::Error::others) are with it.
///
/// Each command is run once at most, and nothing runs beside it, so commands of every tier are taken.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)] struct Podman;
/// # #[derive(Program)] struct Docker;
/// # #[derive(Command)] #[command(program = Podman, output = String)] struct PodmanPs {}
/// # #[derive(Command)] #[command(program = Docker, output = String)] struct DockerPs {}
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
///
/// const ENOENT: i32 = 2;
/// let lab = Lab::new().on::<PodmanPs>(Script::refused(ENOENT)).on::<DockerPs>(Script::stdout("none"));
/// let either = cuprum::first_ok([PodmanPs::new()]).or(DockerPs::new());
/// assert_eq!(lab.run(either.run())?, "none");
/// # Ok::<(), cuprum::Error>(())
/// ```
pub fn first_ok<S: Stage>(commands: impl IntoIterator<Item = S>) -> Choice<S::Output, S::Programs> {
    Choice::new(commands, How::InOrder)
}

/// Runs a command, and once more beside it if it has not ended after `delay`; the first that ends gives the
/// result.
///
/// A command that ends before is not run again, whatever its exit code is. An input that can be read only once
/// is refused: a reader, an open file, the parent's own.
pub fn hedge<S: Stage>(command: S, delay: Duration) -> Choice<S::Output, S::Programs> {
    let first = command.into_pipeline();
    Choice::new([first.clone(), first], How::Hedge(delay))
}

/// Runs commands at the same time until so many have succeeded, which give the result, in the order in which
/// they were given.
///
/// It fails as soon as too many have failed, with the worst of their errors; the
/// [others](crate::Error::others) are with it. Where 0 are needed, nothing is started; more than there are is
/// an error. Each that succeeds before the others are stopped is in the result, so there may be more than were
/// needed.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Resolve;
/// # #[derive(Command)]
/// # #[command(program = Resolve, tier = read, output = String)]
/// # struct Ask { #[arg(positional, allow_hyphen)] server: String }
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
///
/// let lab = Lab::new()
///     .on_words(["resolve", "a"], Script::stdout("10.0.0.7"))
///     .on_words(["resolve", "b"], Script::exit(1))
///     .on_words(["resolve", "c"], Script::stdout("10.0.0.7"));
/// let answers = lab.run(cuprum::quorum(2, ["a", "b", "c"].map(Ask::new)).run())?;
/// assert_eq!(answers, ["10.0.0.7", "10.0.0.7"]);
/// # Ok::<(), cuprum::Error>(())
/// ```
pub fn quorum<S: Stage>(
    needed: usize,
    commands: impl IntoIterator<Item = S>,
) -> Quorum<S::Output, S::Programs> {
    Quorum { choice: Choice::new(commands, How::Quorum(needed)), needed }
}

impl<O: Send + 'static, P> Choice<O, P> {
    fn new<S: Stage<Output = O, Programs = P>>(commands: impl IntoIterator<Item = S>, how: How) -> Self {
        let items = commands.into_iter().map(Stage::into_pipeline).collect();
        Self { items, rule: ChoiceRule { how, idempotent: false, timeout: None } }
    }

    /// Adds a command of another type that has the same output.
    pub fn or<S: Stage<Output = O>>(self, command: S) -> Choice<O, Both<P, S::Programs>> {
        let last = command.into_pipeline().among();
        let items = self.items.into_iter().map(Pipeline::among).chain([last]).collect();
        Choice { items, rule: self.rule }
    }

    /// Says that commands that change something may be stopped half-way or run twice.
    pub fn idempotent(mut self) -> Self {
        self.rule.idempotent = true;
        self
    }

    /// Limits the time of all of it, from the first start; a command's own timeout is for that command.
    ///
    /// A command that is running then is stopped by a timeout, and none is started any more.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.rule.timeout = Some(limit);
        self
    }
}

impl<O: Send + 'static, P> Quorum<O, P> {
    /// Adds a command of another type that has the same output.
    pub fn or<S: Stage<Output = O>>(self, command: S) -> Quorum<O, Both<P, S::Programs>> {
        Quorum { choice: self.choice.or(command), needed: self.needed }
    }

    /// Says that commands that change something may be stopped half-way.
    pub fn idempotent(self) -> Self {
        Self { choice: self.choice.idempotent(), ..self }
    }

    /// Limits the time of all of it. See [`Choice::timeout`].
    pub fn timeout(self, limit: Duration) -> Self {
        Self { choice: self.choice.timeout(limit), ..self }
    }
}

impl<O, P> Pipeline<O, P> {
    /// Returns the same stages under other programs, of which theirs are a part.
    fn among<Q>(self) -> Pipeline<O, Q> {
        Pipeline::new(self.stages, self.read)
    }
}

impl<O, P> Clone for Choice<O, P> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), rule: self.rule }
    }
}

impl<O, P> Clone for Quorum<O, P> {
    fn clone(&self) -> Self {
        Self { choice: self.choice.clone(), needed: self.needed }
    }
}

/// The command lines, one a line.
impl<O, P> fmt::Display for Choice<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.iter().enumerate().try_for_each(|(index, item)| match index {
            0 => write!(f, "{item}"),
            _ => write!(f, "\n{item}"),
        })
    }
}

impl<O, P> fmt::Debug for Choice<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Choice").field("rule", &self.rule).field("commands", &self.items).finish()
    }
}

impl<O, P> fmt::Debug for Quorum<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quorum").field("needed", &self.needed).field("commands", &self.choice.items).finish()
    }
}
