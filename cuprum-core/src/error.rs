//! The one error of running commands: what failed, for which command, and all that is known.

mod cause;
mod kind;
mod show;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub(crate) use self::cause::Cause;
pub use self::kind::ErrorKind;
use crate::outcome::{Cancellation, Mask, Outcome, PipelineOutcome};
use crate::spec::{ArgvError, Layer};

/// The result of running a command.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command could not be run, or did not end as it should.
///
/// Its text names the program and its words (quoted, a secret as `***`), the pipeline and the graph that it is a part
/// of, the working directory, the cause, the last lines of standard error, and a [hint](Self::hint) where there is
/// one. The `Debug` form adds the file that was run, the process and its times. A clone is the same error, and costs
/// next to nothing.
#[derive(Clone)]
pub struct Error(Arc<Inner>);

struct Inner {
    kind: ErrorKind,
    program: &'static str,
    line: String,
    dir: Option<PathBuf>,
    path: Option<PathBuf>,
    cause: Cause,
    stage: Option<Part>,
    /// What a graph says, after hooks and observers may have made clones.
    step: OnceLock<Part>,
    /// The outcomes of all stages, and which of them is the error's own.
    outcomes: Option<(Arc<PipelineOutcome>, usize)>,
    hint: Option<String>,
    others: Vec<Error>,
    mask: Mask,
}

impl Inner {
    fn outcome(&self) -> Option<&Outcome> {
        self.outcomes.as_ref().and_then(|(stages, index)| stages.stage(*index))
    }
}

/// Which stage of which pipeline it is about, or which step of which graph.
struct Part {
    index: usize,
    whole: String,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, program: &'static str, line: String, cause: Cause) -> Self {
        let (line, mask) = (show::shortened(line, kind), Mask::default());
        let (dir, path, stage, outcomes, hint, others) = (None, None, None, None, None, Vec::new());
        let step = OnceLock::new();
        Self(Arc::new(Inner {
            kind,
            program,
            line,
            dir,
            path,
            cause,
            stage,
            step,
            outcomes,
            hint,
            others,
            mask,
        }))
    }

    /// Makes an error of the caller's own code one of this type, of the kind [`Other`](ErrorKind::Other): for the work of
    /// a [`bracket`](crate::bracket) or a [`nursery`](crate::nursery), and for functions that return a
    /// [`Result`](crate::Result).
    ///
    /// Its text and its source are those of the error. No error becomes one by `?`, so that an `async` block or a closure
    /// that ends with `Ok(..)?` needs no type written out.
    ///
    /// # Examples
    ///
    /// ```
    /// use cuprum::{Error, ErrorKind};
    ///
    /// fn retries(text: &str) -> cuprum::Result<u32> {
    ///     text.parse().map_err(Error::other)
    /// }
    ///
    /// let error = retries("many").unwrap_err();
    /// assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Other, "invalid digit found in string"));
    /// ```
    pub fn other(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(ErrorKind::Other, "", String::new(), Cause::Other(error.into()))
    }

    pub(crate) fn with_dir(self, dir: Option<PathBuf>) -> Self {
        self.changed(|inner| inner.dir = dir)
    }

    pub(crate) fn with_path(self, path: Option<PathBuf>) -> Self {
        self.changed(|inner| inner.path = path)
    }

    /// Says which stage of a pipeline it is about, and which pipeline.
    pub(crate) fn with_stage(self, index: usize, pipeline: String) -> Self {
        self.changed(|inner| {
            inner.stage = Some(Part { index, whole: show::shortened(pipeline, inner.kind) });
        })
    }

    /// Says which step of a graph it is about, and which graph.
    pub(crate) fn with_step(self, index: usize, graph: String) -> Self {
        let whole = show::shortened(graph, self.0.kind);
        self.0.step.get_or_init(|| Part { index, whole });
        self
    }

    /// Makes it an error about a whole pipeline.
    pub(crate) fn with_line(self, line: String) -> Self {
        self.changed(|inner| (inner.stage, inner.line) = (None, show::shortened(line, inner.kind)))
    }

    /// Adds the outcomes of all stages; the error's own is that of the stage it is about, or of the last.
    pub(crate) fn with_outcomes(self, stages: impl Into<Arc<PipelineOutcome>>) -> Self {
        let stages = stages.into();
        let index = self.stage().unwrap_or(stages.len() - 1);
        self.changed(|inner| inner.outcomes = Some((stages, index)))
    }

    pub(crate) fn with_hint(self, hint: Option<String>) -> Self {
        self.changed(|inner| inner.hint = hint)
    }

    /// Adds what became of the other commands that were to give the result.
    pub(crate) fn with_others(self, others: Vec<Self>) -> Self {
        self.changed(|inner| inner.others = others)
    }

    /// Hides these secrets in all texts of the error.
    pub(crate) fn with_mask(self, mask: Mask) -> Self {
        self.changed(|inner| {
            if let Cause::Output(error) = &mut inner.cause {
                *error = error.clone().masked(&mask);
            }
            inner.mask = mask;
        })
    }

    /// Hides these secrets, as [`with_mask`](Self::with_mask).
    pub(crate) fn hiding<'a>(self, secrets: impl IntoIterator<Item = &'a [u8]>) -> Self {
        self.with_mask(Mask::new(secrets))
    }

    /// Changes an error that is being made; of one that is shared already nothing is changed.
    fn changed(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            change(inner);
        }
        self
    }

    /// Returns what kind of failure it was.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the program's name.
    pub fn program(&self) -> &'static str {
        self.0.program
    }

    /// Returns the command line as text that a POSIX shell reads back as the same words.
    pub fn command_line(&self) -> &str {
        &self.0.line
    }

    /// Returns the working directory that the command was given, if it was given one.
    pub fn dir(&self) -> Option<&Path> {
        self.0.dir.as_deref()
    }

    /// Returns the file that was at fault or was run: the program, its interpreter, the directory.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// Returns which argument cannot be written, and why.
    pub fn argument(&self) -> Option<&ArgvError> {
        match &self.0.cause {
            Cause::Argv(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the failure of the system that is behind it, if there is one: of a file that could not be opened, for
    /// example, or of what standard input is read from. Its text is a part of this error's.
    pub fn io_error(&self) -> Option<&std::io::Error> {
        match &self.0.cause {
            Cause::Io(error) => Some(error),
            Cause::Other(error) => error.downcast_ref(),
            _ => None,
        }
    }

    /// Returns what may help, where that is known: a similar name, what to set, what to look at.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Returns which layer does not permit the program, if it is [forbidden](ErrorKind::Forbidden).
    pub fn layer(&self) -> Option<Layer> {
        match &self.0.cause {
            Cause::Denied(layer, _) => Some(*layer),
            _ => None,
        }
    }

    /// Returns why it was cancelled, if it was.
    pub fn cancellation(&self) -> Option<&Cancellation> {
        match &self.0.cause {
            Cause::Cancelled(why) => Some(why),
            _ => None,
        }
    }

    /// Returns the failures of the other commands of the same run, in order: others of a batch or a race, earlier
    /// attempts. Those that were stopped because of this one are not among them.
    pub fn others(&self) -> &[Self] {
        &self.0.others
    }

    /// Returns the outcome, if the process ended.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.0.outcome()
    }

    /// Returns the outcome by value, if the process ended; a copy of it where the error has clones.
    pub fn into_outcome(self) -> Option<Outcome> {
        let outcomes = match Arc::try_unwrap(self.0) {
            Ok(inner) => inner.outcomes,
            Err(shared) => shared.outcomes.clone(),
        };
        let (stages, index) = outcomes?;
        match Arc::try_unwrap(stages) {
            Ok(stages) if index + 1 == stages.len() => Some(stages.into_final_stage()),
            Ok(stages) => stages.stage(index).cloned(),
            Err(shared) => shared.stage(index).cloned(),
        }
    }

    /// Returns which stage of a pipeline the error is about, counted from 0; `None` if it is about a single
    /// command, or about a whole pipeline.
    pub fn stage(&self) -> Option<usize> {
        self.0.stage.as_ref().map(|stage| stage.index)
    }

    /// Returns which step of a graph the error is about, counted from 0 in the order in which the steps stand; `None`
    /// if it is about no graph, or about one as a whole.
    pub fn step(&self) -> Option<usize> {
        self.0.step.get().map(|step| step.index)
    }

    /// Returns the outcomes of all stages, if a pipeline ended.
    pub fn stages(&self) -> Option<&PipelineOutcome> {
        self.all_stages().filter(|stages| stages.len() > 1)
    }

    /// Returns the outcomes of all stages, if they ended; a single command is one stage.
    pub(crate) fn all_stages(&self) -> Option<&PipelineOutcome> {
        self.0.outcomes.as_ref().map(|(stages, _)| &**stages)
    }

    /// Returns the cause, without the command that it is about.
    pub(crate) fn reason(&self) -> String {
        let text = match (&self.0.cause, self.outcome().filter(|outcome| outcome.pid() != 0)) {
            (Cause::None | Cause::Stopped(_), Some(outcome)) => {
                format!("{}: {}", self.0.kind, outcome.status())
            }
            (Cause::None, None) => self.0.kind.to_string(),
            (cause, _) => cause.to_string(),
        };
        self.0.mask.text(&text).into_owned()
    }
}

/// The source is that of the cause, whose text is a part of the error's: a report of both says nothing twice.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.cause {
            Cause::None | Cause::Text(_) | Cause::Cancelled(_) | Cause::Stopped(_) | Cause::Denied(..) => {
                None
            }
            Cause::Argv(error) => error.source(),
            Cause::Output(error) => error.source(),
            Cause::Io(error) => error.source(),
            Cause::Other(error) => error.source(),
        }
    }
}
