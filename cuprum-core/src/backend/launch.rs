//! The plain request to the world, and why it was refused.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::Joint;
use crate::spec::{Attributes, CommandSpec, Environment, Resource, Secrets, Stdin, Stdio};

/// Everything a backend needs to start one process.
///
/// Its `Debug` form shows secrets as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Launch {
    /// The file to execute, absolute; it is never looked up again.
    pub program: PathBuf,
    /// Whether the first word (`argv[0]`) is the name of the file, as a shell gives it to what it found by
    /// `PATH`; otherwise it is the whole path.
    pub by_name: bool,
    /// The words after the program's name.
    pub args: Vec<OsString>,
    /// Changes to the parent's environment.
    pub environment: Environment,
    /// The working directory, absolute; the parent's if `None`.
    pub dir: Option<PathBuf>,
    /// Where standard input comes from.
    pub stdin: Stdin,
    /// The end of a pipe that is standard input, in place of [`stdin`](Self::stdin).
    pub input: Option<Joint>,
    /// The end of a pipe that is standard output, in place of [`stdout`](Self::stdout).
    pub output: Option<Joint>,
    /// Where standard output goes.
    pub stdout: Stdio,
    /// Where standard error goes.
    pub stderr: Stdio,
    /// Session, ids, limits and the like; nothing by default.
    pub attributes: Attributes,
    /// Which typed command it is; none if it was written word by word.
    pub command: Option<&'static CommandSpec>,
    /// Which words and variables are never shown.
    pub(crate) secrets: Secrets,
}

impl Launch {
    /// Returns the first word, which is an end of the program's path: what the process is told that it is called.
    pub(crate) fn arg0(&self) -> &OsStr {
        let path = self.program.as_os_str();
        let is_end = |name: &&OsStr| path.as_encoded_bytes().ends_with(name.as_encoded_bytes());
        self.program.file_name().filter(|_| self.by_name).filter(is_end).unwrap_or(path)
    }

    /// Returns whether one output goes to where the other one goes.
    pub(crate) fn merges(&self) -> bool {
        [&self.stdout, &self.stderr].contains(&&Stdio::Merged)
    }

    /// Returns the words as they may be shown: a secret is `***`.
    pub fn shown_args(&self) -> impl Iterator<Item = Cow<'_, OsStr>> {
        self.secrets.shown(&self.args)
    }

    /// Returns the secrets that it holds, by which texts about it are masked.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &[u8]> {
        let words = self.secrets.of(&self.args).map(OsStr::as_encoded_bytes);
        words.chain(self.environment.secret_bytes()).chain(self.stdin.secret())
    }

    /// Returns the changes to the environment as they may be shown: a secret is `***`.
    pub fn shown_changes(&self) -> impl Iterator<Item = (&OsStr, Option<&OsStr>)> {
        self.environment.shown_changes()
    }
}

impl fmt::Debug for Launch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Launch")
            .field("program", &self.program)
            .field("by_name", &self.by_name)
            .field("args", &self.shown_args().collect::<Vec<_>>())
            .field("environment", &self.shown_changes().collect::<Vec<_>>())
            .field("dir", &self.dir)
            .field("stdin", &self.stdin.shown())
            .field("stdout", &self.stdout)
            .field("stderr", &self.stderr)
            .field("attributes", &self.attributes)
            .finish_non_exhaustive()
    }
}

/// Says why a process could not be started.
#[derive(Debug, thiserror::Error)]
#[error("{source}")]
pub struct StartError {
    /// What was at fault.
    pub kind: StartErrorKind,
    /// The file at fault.
    pub path: PathBuf,
    /// Which step failed, where the backend can tell.
    pub step: Option<Step>,
    /// What the kernel said.
    pub source: io::Error,
}

/// The steps of starting a process, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// Opening the pipes, and the files that streams come from and go to.
    Streams,
    /// Laying out the words and the variables for the kernel.
    Words,
    /// Making the process.
    Process,
    /// Making it lead a group or a session.
    Group,
    /// Putting the streams in their places.
    Descriptors,
    /// Setting the umask.
    Umask,
    /// Setting a limit.
    Limit(Resource),
    /// Setting the niceness.
    Nice,
    /// Setting the supplementary groups.
    Groups,
    /// Setting the group's id.
    Gid,
    /// Setting the user's id.
    Uid,
    /// Entering the working directory, as the user that was set.
    Directory,
    /// Setting signals back to what a new program expects.
    Signals,
    /// Replacing itself by the program.
    Execute,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Streams => "opening its streams",
            Self::Words => "laying out its words",
            Self::Process => "making the process",
            Self::Group => "making a group or session",
            Self::Descriptors => "placing its streams",
            Self::Umask => "setting its umask",
            Self::Limit(resource) => return write!(f, "limiting its {resource}"),
            Self::Nice => "setting its niceness",
            Self::Groups => "setting its supplementary groups",
            Self::Gid => "setting its group id",
            Self::Uid => "setting its user id",
            Self::Directory => "entering its directory",
            Self::Signals => "resetting its signals",
            Self::Execute => "executing it",
        })
    }
}

/// What was at fault when a process could not be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StartErrorKind {
    /// The program is gone.
    ProgramNotFound,
    /// The program is a directory.
    ProgramIsDirectory,
    /// The program may not be executed.
    NotExecutable,
    /// The interpreter that the script names does not exist; it is the file at fault.
    InterpreterNotFound,
    /// The kernel knows no way to run the file.
    UnknownFormat,
    /// The working directory does not exist, is no directory, or may not be entered.
    DirectoryNotFound,
    /// A file that a stream comes from or goes to could not be opened; it is the file at fault.
    FileNotOpened,
    /// Arguments and environment are longer than the kernel takes.
    ArgumentsTooLong,
    /// The file is open for writing right now, or the kernel has no process to spare for the moment
    /// (`ETXTBSY`, `EAGAIN`); it is worth trying again.
    Busy,
    /// A lab has no script for the command.
    Unscripted,
    /// Another reason, named by the source.
    Other,
}
