//! Where copies of an output go while it is captured.

use std::fmt;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::io::AsyncWrite;

use super::OpenFile;

/// Where a copy of an output goes while it is captured. See [`Capture::tee`](super::Capture::tee).
///
/// A sink never ends the command, and does not make it wait: for one that may be slow, up to 1 MiB is held
/// back, and what comes while that is full is dropped and counted. What became of each sink is in
/// [`Captured::sinks`](crate::outcome::Captured::sinks). When the command has ended, the run waits for what
/// is held back as long as something is taken within three seconds, half a minute in all.
///
/// Clones write to the same place, so one can serve both outputs, or many commands.
#[derive(Clone)]
pub struct Sink {
    pub(crate) to: SinkTo,
    pub(crate) lossless: bool,
    pub(crate) required: bool,
}

#[derive(Clone)]
pub(crate) enum SinkTo {
    Stdout,
    Stderr,
    File(PathBuf),
    Append(PathBuf),
    Open(OpenFile),
    Writer(Arc<Mutex<dyn Write + Send>>),
    AsyncWriter(AsyncWriter),
    Tracing(tracing::Level),
    Call(Arc<Mutex<Call>>),
}

pub(crate) type AsyncWriter = Arc<tokio::sync::Mutex<Pin<Box<dyn AsyncWrite + Send>>>>;
pub(crate) type Call = dyn FnMut(&[u8]) + Send;

impl Sink {
    /// Returns the parent's standard output.
    pub fn stdout() -> Self {
        Self::new(SinkTo::Stdout)
    }

    /// Returns the parent's standard error.
    pub fn stderr() -> Self {
        Self::new(SinkTo::Stderr)
    }

    /// Returns the file at `path`, which is emptied, or made if there is none.
    ///
    /// It is opened before the command is started, and a relative path is taken from the parent's working
    /// directory. Regular files are written while the stream is read, without a detour.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::new(SinkTo::File(path.into()))
    }

    /// Returns the end of the file at `path`, which is made if there is none. It is opened as with
    /// [`file`](Self::file).
    pub fn append(path: impl Into<PathBuf>) -> Self {
        Self::new(SinkTo::Append(path.into()))
    }

    /// Returns a writer, which is called on a thread of its own, and flushed whenever nothing is held back.
    pub fn writer(writer: impl Write + Send + 'static) -> Self {
        Self::new(SinkTo::Writer(Arc::new(Mutex::new(writer))))
    }

    /// Returns an asynchronous writer, which is called by a task of its own, and flushed whenever nothing is
    /// held back. It is never shut down, since other commands may write to it.
    pub fn async_writer(writer: impl AsyncWrite + Send + 'static) -> Self {
        Self::new(SinkTo::AsyncWriter(Arc::new(tokio::sync::Mutex::new(Box::pin(writer)))))
    }

    /// Returns the `tracing` subscriber: each line is an event of this level with the target
    /// `cuprum::output`, the fields `program` and `stream`, and the line as its message; secrets of the command are
    /// `***`.
    ///
    /// What is not UTF-8 becomes U+FFFD, and a line of more than 64 KiB comes in pieces. The subscriber is
    /// called where the stream is read, so the command waits for it.
    pub fn tracing(level: tracing::Level) -> Self {
        Self::new(SinkTo::Tracing(level))
    }

    /// Returns a function that is called with each chunk as it was read, whatever its borders.
    ///
    /// It is called where the stream is read, so the command waits for it, and it must not block. If it
    /// panics, it is not called again, and the panic is in the report.
    pub fn call(call: impl FnMut(&[u8]) + Send + 'static) -> Self {
        Self::new(SinkTo::Call(Arc::new(Mutex::new(call))))
    }

    /// Makes the command wait for the sink instead of dropping anything. A sink that hangs makes it wait
    /// until one of its limits ends it.
    #[must_use]
    pub fn lossless(self) -> Self {
        Self { lossless: true, ..self }
    }

    /// Makes the run fail, as [`ErrorKind::Sink`](crate::ErrorKind::Sink), where the command itself
    /// succeeds and the sink does not take the whole stream. The command is not stopped. `output` and `code`,
    /// which are told of no failure, are not told of this one.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    fn new(to: SinkTo) -> Self {
        Self { to, lossless: false, required: false }
    }
}

impl From<File> for Sink {
    fn from(file: File) -> Self {
        Self::new(SinkTo::Open(file.into()))
    }
}

/// What kind of sink it is, or its path.
impl fmt::Display for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.to {
            SinkTo::Stdout => "standard output",
            SinkTo::Stderr => "standard error",
            SinkTo::File(path) | SinkTo::Append(path) => return write!(f, "{}", path.display()),
            SinkTo::Open(_) => "an open file",
            SinkTo::Writer(_) => "a writer",
            SinkTo::AsyncWriter(_) => "an asynchronous writer",
            SinkTo::Tracing(_) => "tracing",
            SinkTo::Call(_) => "a function",
        })
    }
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { lossless, required, .. } = self;
        write!(f, "Sink({self}, lossless: {lossless}, required: {required})")
    }
}
