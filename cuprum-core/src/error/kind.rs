//! What kind of failure it was.

use std::fmt;

/// What kind of failure it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The program is not permitted: by the context, or by another [layer](super::Error::layer).
    #[doc(alias = "ForbiddenProgramError")]
    Forbidden,
    /// A before hook has refused it.
    Refused,
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
    /// A file that a stream comes from or goes to could not be opened; it is the error's
    /// [`path`](super::Error::path).
    FileNotOpened,
    /// What is asked of a stream cannot be had together: its lines, where it goes to a file, for example.
    InvalidStream,
    /// The program's version is not one that the command can be given to.
    Version,
    /// As many as may wait for a place in a [`Bulkhead`](crate::spec::Bulkhead) do so already.
    Busy,
    /// An argument cannot be written; see [`argument`](super::Error::argument).
    InvalidArgument,
    /// A limit is zero, so that nothing could keep it.
    InvalidLimit,
    /// Commands cannot be combined so: there is none, or one would run twice or half that may change
    /// something, or two would read the same input.
    InvalidCombination,
    /// A umask, a niceness, an id or a limit of a resource is one that no process can have.
    InvalidAttribute,
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
    /// Code that was called for the run panicked: a hook, a reader of the output, or a function that was given.
    Panicked,
    /// What standard input is read from failed, and the process was stopped.
    Input,
    /// A copy of the output that must be whole is not; see [`Captured::sinks`](crate::outcome::Captured::sinks).
    Sink,
    /// The output is not what its type expects, or not all of it was kept.
    Output,
    /// It has ended well, and the file that it wrote could not be put into its place; that is the error's
    /// [`path`](super::Error::path), and it is as it was.
    NotReplaced,
    /// Talking to the running process failed.
    Io,
    /// A lab was asked for a command that none of its scripts matches.
    Unscripted,
    /// It is no failure of a command, but an error of the caller's own code; see [`Error::other`](super::Error::other).
    Other,
}

impl ErrorKind {
    /// Returns the status that a shell gives a command which it cannot start for this reason; none if a shell
    /// has no such reason.
    pub(crate) fn shell_code(self) -> Option<i32> {
        Some(match self {
            Self::ProgramNotFound | Self::InterpreterNotFound => 127,
            Self::ProgramIsDirectory | Self::NotExecutable | Self::UnknownFormat | Self::ArgumentsTooLong => {
                126
            }
            Self::DirectoryNotFound | Self::FileNotOpened => 2,
            _ => return None,
        })
    }

    /// Returns whether it is about the file that the error has as its path; else that is the program, which has done
    /// nothing wrong.
    pub(super) fn is_about_file(self) -> bool {
        match self {
            Self::ProgramNotFound
            | Self::ProgramIsDirectory
            | Self::NotExecutable
            | Self::InterpreterNotFound
            | Self::UnknownFormat
            | Self::DirectoryNotFound
            | Self::FileNotOpened
            | Self::InvalidStream
            | Self::Version
            | Self::Spawn
            | Self::NotReplaced => true,
            Self::Forbidden
            | Self::Refused
            | Self::Busy
            | Self::InvalidArgument
            | Self::InvalidLimit
            | Self::InvalidCombination
            | Self::InvalidAttribute
            | Self::InvalidEnvironment
            | Self::ArgumentsTooLong
            | Self::Exit
            | Self::Signal
            | Self::Timeout
            | Self::IdleTimeout
            | Self::OutputLimit
            | Self::Cancelled
            | Self::Panicked
            | Self::Input
            | Self::Sink
            | Self::Output
            | Self::Io
            | Self::Unscripted
            | Self::Other => false,
        }
    }

    /// Returns the kind in one word, as events and logs have it: `program_not_found`, for example.
    pub fn name(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::Refused => "refused",
            Self::ProgramNotFound => "program_not_found",
            Self::ProgramIsDirectory => "program_is_directory",
            Self::NotExecutable => "not_executable",
            Self::InterpreterNotFound => "interpreter_not_found",
            Self::UnknownFormat => "unknown_format",
            Self::DirectoryNotFound => "directory_not_found",
            Self::FileNotOpened => "file_not_opened",
            Self::InvalidStream => "invalid_stream",
            Self::Version => "version",
            Self::Busy => "busy",
            Self::InvalidArgument => "invalid_argument",
            Self::InvalidLimit => "invalid_limit",
            Self::InvalidCombination => "invalid_combination",
            Self::InvalidAttribute => "invalid_attribute",
            Self::InvalidEnvironment => "invalid_environment",
            Self::ArgumentsTooLong => "arguments_too_long",
            Self::Spawn => "spawn",
            Self::Exit => "exit",
            Self::Signal => "signal",
            Self::Timeout => "timeout",
            Self::IdleTimeout => "idle_timeout",
            Self::OutputLimit => "output_limit",
            Self::Cancelled => "cancelled",
            Self::Panicked => "panicked",
            Self::Input => "input",
            Self::Sink => "sink",
            Self::NotReplaced => "not_replaced",
            Self::Output => "output",
            Self::Io => "io",
            Self::Unscripted => "unscripted",
            Self::Other => "other",
        }
    }

    /// Returns the kind in words.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Forbidden => "the program is not allowed here",
            Self::Refused => "was refused",
            Self::ProgramNotFound => "program not found",
            Self::ProgramIsDirectory => "the program is a directory",
            Self::NotExecutable => "the program is not executable",
            Self::InterpreterNotFound => "the program's interpreter was not found",
            Self::UnknownFormat => "the kernel knows no way to run the program",
            Self::DirectoryNotFound => "the working directory was not found",
            Self::FileNotOpened => "a file for a stream could not be opened",
            Self::InvalidStream => "a stream cannot be used like this",
            Self::Version => "the program's version does not fit",
            Self::Busy => "too many commands wait already",
            Self::InvalidArgument => "invalid argument",
            Self::InvalidLimit => "a limit cannot be kept",
            Self::InvalidCombination => "the commands cannot be combined like this",
            Self::InvalidAttribute => "an attribute cannot be set",
            Self::InvalidEnvironment => "the environment cannot be given to a process",
            Self::ArgumentsTooLong => "the arguments are too long",
            Self::Spawn => "the process could not be started",
            Self::Exit => "failed",
            Self::Signal => "was killed",
            Self::Timeout => "timed out",
            Self::IdleTimeout => "printed nothing for too long",
            Self::OutputLimit => "printed too much",
            Self::Cancelled => "was cancelled",
            Self::Panicked => "code that was called panicked",
            Self::Input => "its input failed",
            Self::Sink => "a copy of the output is not whole",
            Self::Output => "the output could not be read",
            Self::NotReplaced => "a file could not be replaced",
            Self::Io => "lost the process",
            Self::Unscripted => "the lab has no script for it",
            Self::Other => "an error of another kind",
        }
    }
}

/// The kind in words.
impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}
