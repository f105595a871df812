//! The one error of running commands: what failed, for which command, and all that is known.

use std::fmt;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use crate::outcome::{Outcome, PipelineOutcome};
use crate::spec::{ArgvError, OutputError, escape_line};

/// The result of running a command.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command could not be run, or did not end as it should.
///
/// Its text names the program and its words (quoted), the working directory, the cause, and the last
/// lines of standard error.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    program: &'static str,
    line: String,
    dir: Option<PathBuf>,
    path: Option<PathBuf>,
    cause: Cause,
    outcome: Option<Outcome>,
    stage: Option<Stage>,
    stages: Option<PipelineOutcome>,
}

/// Which stage of which pipeline it is about.
struct Stage {
    index: usize,
    pipeline: String,
}

/// What is known beyond the kind.
#[derive(Debug)]
pub(crate) enum Cause {
    None,
    Text(String),
    Argv(ArgvError),
    Output(OutputError),
    Io(std::io::Error),
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Text(text) => f.write_str(&escape_line(text.as_bytes())),
            Self::Argv(error) => error.fmt(f),
            Self::Output(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

/// What kind of failure it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The context does not permit the program.
    #[doc(alias = "ForbiddenProgramError")]
    Forbidden,
    /// No file of the program's name lies in the directories that were searched.
    ProgramNotFound,
    /// The program's path is a directory.
    ProgramIsDirectory,
    /// The program's file may not be executed by this user.
    NotExecutable,
    /// The interpreter that a script's `#!` line names, or the loader of a binary, does not exist.
    InterpreterNotFound,
    /// The kernel knows no way to run the file; a script without a `#!` line, for example.
    UnknownFormat,
    /// The working directory does not exist, or is no directory.
    DirectoryNotFound,
    /// A file that a stream comes from or goes to could not be opened; it is [`Error::path`].
    FileNotOpened,
    /// What is asked of a stream cannot be had together: its lines, where it goes to a file, for example.
    InvalidStream,
    /// The program's version is not one that the command can be given to.
    Version,
    /// An argument cannot be written; see [`Error::argument`].
    InvalidArgument,
    /// A limit is zero, so that nothing could keep it.
    InvalidLimit,
    /// An environment variable's name or value cannot be given to a process.
    InvalidEnvironment,
    /// The arguments and the environment together are longer than the kernel takes.
    ArgumentsTooLong,
    /// The kernel refused to start the process for another reason.
    Spawn,
    /// The process exited with a code that is not accepted.
    Exit,
    /// A signal ended the process.
    Signal,
    /// It had run for as long as it may.
    Timeout,
    /// It had printed nothing for as long as it may.
    IdleTimeout,
    /// It had printed more than it may.
    OutputLimit,
    /// It was cancelled.
    Cancelled,
    /// What standard input is read from failed, and the process was stopped.
    Input,
    /// The output is not what its type expects, or not all of it was kept.
    Output,
    /// Talking to the running process failed.
    Io,
    /// A lab was asked for a command that none of its scripts matches.
    Unscripted,
}

impl ErrorKind {
    fn text(self) -> &'static str {
        match self {
            Self::Forbidden => "the program is not allowed here",
            Self::ProgramNotFound => "program not found",
            Self::ProgramIsDirectory => "the program is a directory",
            Self::NotExecutable => "the program is not executable",
            Self::InterpreterNotFound => "the program's interpreter was not found",
            Self::UnknownFormat => "the kernel knows no way to run the program",
            Self::DirectoryNotFound => "the working directory was not found",
            Self::FileNotOpened => "a file for a stream could not be opened",
            Self::InvalidStream => "a stream cannot be used so",
            Self::Version => "the program's version does not fit",
            Self::InvalidArgument => "an argument cannot be written",
            Self::InvalidLimit => "a limit cannot be kept",
            Self::InvalidEnvironment => "the environment cannot be given to a process",
            Self::ArgumentsTooLong => "the arguments are too long",
            Self::Spawn => "the process could not be started",
            Self::Exit => "failed",
            Self::Signal => "was killed",
            Self::Timeout => "timed out",
            Self::IdleTimeout => "printed nothing for too long",
            Self::OutputLimit => "printed too much",
            Self::Cancelled => "was cancelled",
            Self::Input => "its input failed",
            Self::Output => "the output could not be read",
            Self::Io => "lost the process",
            Self::Unscripted => "the lab has no script for it",
        }
    }
}

/// How many bytes of a command line an error shows.
const SHOWN_LINE: usize = 2000;

/// Cuts a command line that nobody would read to its end.
fn shortened(mut line: String) -> String {
    if line.len() > SHOWN_LINE {
        let cut = line.floor_char_boundary(SHOWN_LINE);
        let rest = line.split_off(cut).len();
        line.push_str(&format!("… ({rest} bytes more)"));
    }
    line
}

/// Returns a path as text that cannot drive a terminal.
fn shown(path: &Path) -> String {
    escape_line(path.as_os_str().as_bytes())
}

/// How many lines of standard error an error shows.
const SHOWN_LINES: usize = 10;

impl Error {
    pub(crate) fn new(kind: ErrorKind, program: &'static str, line: String, cause: Cause) -> Self {
        let line = shortened(line);
        let (dir, path, outcome) = (None, None, None);
        let (stage, stages) = (None, None);
        Self(Box::new(Inner { kind, program, line, dir, path, cause, outcome, stage, stages }))
    }

    pub(crate) fn with_dir(mut self, dir: Option<PathBuf>) -> Self {
        self.0.dir = dir;
        self
    }

    pub(crate) fn with_path(mut self, path: Option<PathBuf>) -> Self {
        self.0.path = path;
        self
    }

    /// Says which stage of a pipeline it is about, and which pipeline.
    pub(crate) fn with_stage(mut self, index: usize, pipeline: String) -> Self {
        self.0.stage = Some(Stage { index, pipeline: shortened(pipeline) });
        self
    }

    /// Makes it an error about a whole pipeline.
    pub(crate) fn with_line(mut self, line: String) -> Self {
        self.0.stage = None;
        self.0.line = shortened(line);
        self
    }

    /// Adds the outcomes of all stages; the error's own is that of the stage it is about, or of the last.
    pub(crate) fn with_outcomes(mut self, stages: PipelineOutcome) -> Self {
        let index = self.stage().unwrap_or(stages.len() - 1);
        if stages.len() == 1 {
            self.0.outcome = Some(stages.into_final_stage());
        } else {
            self.0.outcome = stages.stage(index).cloned();
            self.0.stages = Some(stages);
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

    /// Returns the outcome, if the process ended.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.0.outcome.as_ref()
    }

    /// Returns the outcome by value, if the process ended.
    pub fn into_outcome(self) -> Option<Outcome> {
        self.0.outcome
    }

    /// Returns which stage of a pipeline the error is about, counted from 0; `None` if it is about a single
    /// command, or about a whole pipeline.
    pub fn stage(&self) -> Option<usize> {
        self.0.stage.as_ref().map(|stage| stage.index)
    }

    /// Returns the outcomes of all stages, if a pipeline ended.
    pub fn stages(&self) -> Option<&PipelineOutcome> {
        self.0.stages.as_ref()
    }

    /// Writes which stage of which pipeline it was.
    fn fmt_stage(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.stage {
            Some(Stage { index, pipeline }) => write!(f, ", stage {index} of `{pipeline}`,"),
            None => Ok(()),
        }
    }

    /// Writes what kept the command from running: the cause, the file at fault, a remark.
    fn fmt_not_started(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        match inner.line.as_str() {
            "" => f.write_str("cannot run the command")?,
            line => write!(f, "cannot run `{line}`")?,
        }
        self.fmt_stage(f)?;
        if let Some(dir) = inner.dir.as_deref().filter(|dir| inner.path.as_deref() != Some(dir)) {
            write!(f, " in {}", shown(dir))?;
        }
        write!(f, ": {}", inner.kind.text())?;
        match (&inner.path, &inner.cause) {
            (Some(path), Cause::None) => write!(f, ": {}", shown(path)),
            (Some(path), cause) => write!(f, ": {} ({cause})", shown(path)),
            (None, Cause::None) => Ok(()),
            (None, cause) => write!(f, ": {cause}"),
        }
    }

    /// Writes how the command ended, and the last lines of its standard error.
    fn fmt_ended(&self, outcome: &Outcome, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "`{}`", inner.line)?;
        self.fmt_stage(f)?;
        f.write_str(" failed")?;
        if let Some(dir) = &inner.dir {
            write!(f, " in {}", shown(dir))?;
        }
        match &inner.cause {
            Cause::None if let Some(stopped) = outcome.stopped() => {
                write!(f, ": {stopped}; {}", outcome.status())?;
            }
            Cause::None => write!(f, ": {}", outcome.status())?,
            cause => write!(f, ": {}: {cause}", inner.kind.text())?,
        }
        // Some programs say what is wrong on standard output: `git commit` with nothing to commit.
        let said = match outcome.stderr().bytes() {
            [] => outcome.stdout().bytes(),
            stderr => stderr,
        };
        let lines = said.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty());
        let shown = lines.clone().count().saturating_sub(SHOWN_LINES);
        lines.skip(shown).try_for_each(|line| write!(f, "\n  {}", escape_line(line)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        match &inner.outcome {
            Some(outcome) => self.fmt_ended(outcome, f),
            None => self.fmt_not_started(f),
        }
    }
}

/// The kind, then the text: it is what `main` prints of an error that it returns.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.kind)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.cause {
            Cause::None | Cause::Text(_) => None,
            Cause::Argv(error) => Some(error),
            Cause::Output(error) => Some(error),
            Cause::Io(error) => Some(error),
        }
    }
}
