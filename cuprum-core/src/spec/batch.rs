//! Commands that run at the same time: which, how many at once, and what a failure does to the others.

use std::fmt;

use super::{Both, Pipeline, Stage};
use crate::outcome::Outcome;

/// Commands or pipelines that run at the same time; made by [`concurrent`].
///
/// Results are in the order in which the commands were given, whichever ends first. By default every command
/// runs to its end, whatever becomes of the others, and a command that cannot be started takes nothing from
/// them. Whether the context permits the programs is checked for all before the first is started.
///
/// A batch without commands succeeds at once. Dropping a run of it tears down what is running. Limits and tokens are those
/// of each command, or for all of them those of the context ([`Cx::with_cancel`](crate::Cx::with_cancel)).
#[doc(alias = "run_concurrent")]
#[must_use = "a batch does nothing until it is run"]
pub struct Batch<O, P> {
    pub(crate) items: Vec<Pipeline<O, P>>,
    pub(crate) rule: BatchRule,
}

/// How the commands of a batch run beside each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BatchRule {
    /// How many run at once at most.
    pub(crate) limit: Option<usize>,
    /// Whether a failure stops the others.
    pub(crate) fail_fast: bool,
}

/// Makes a batch of commands that run at the same time; they are of one type, or pipelines of one type.
///
/// One of another type is added by [`Batch::and`].
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Gzip;
/// # #[derive(Command)]
/// # #[command(program = Gzip)]
/// # struct Compress { #[arg(positional, allow_hyphen)] file: String }
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
///
/// let lab = Lab::new().on::<Compress>(Script::exit(0));
/// let files = ["a.log", "b.log", "c.log"];
/// let batch = cuprum::concurrent(files.map(Compress::new)).limit(2);
/// lab.cx().run(batch).wait()?;
/// # Ok::<(), cuprum::Error>(())
/// ```
#[doc(alias = "run_concurrent")]
pub fn concurrent<S: Stage>(commands: impl IntoIterator<Item = S>) -> Batch<S::Output, S::Programs> {
    let items = commands.into_iter().map(Stage::into_pipeline).collect();
    Batch { items, rule: BatchRule::default() }
}

impl<O, P> Batch<O, P> {
    /// Runs at most so many at once; all at once by default. A limit of 0 is refused when the batch is run.
    #[doc(alias = "concurrency")]
    pub fn limit(mut self, limit: usize) -> Self {
        self.rule.limit = Some(limit);
        self
    }

    /// Lets the first command that fails stop the others: those that run are torn down and waited for, those
    /// that wait are not started.
    pub fn fail_fast(mut self) -> Self {
        self.rule.fail_fast = true;
        self
    }

    /// Adds a command of any type.
    ///
    /// Commands of different types have no common output, so none is read: the verb
    /// [`output`](crate::Run::output) has what each of them printed.
    pub fn and<S: Stage>(self, command: S) -> Batch<(), Both<P, S::Programs>> {
        let mut items: Vec<_> = self.items.into_iter().map(Pipeline::unread).collect();
        items.push(command.into_pipeline().unread());
        Batch { items, rule: self.rule }
    }

    /// Returns how many commands it has.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns whether it has no command.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<O, P> Pipeline<O, P> {
    /// Returns the same stages, without a type for their output, under other programs.
    fn unread<Q>(self) -> Pipeline<(), Q> {
        Pipeline::new(self.stages, |_: &Outcome| Ok(()))
    }
}

impl<O, P> Clone for Batch<O, P> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), rule: self.rule }
    }
}

/// The command lines, one a line.
impl<O, P> fmt::Display for Batch<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.iter().enumerate().try_for_each(|(index, item)| match index {
            0 => write!(f, "{item}"),
            _ => write!(f, "\n{item}"),
        })
    }
}

impl<O, P> fmt::Debug for Batch<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.items).finish()
    }
}
