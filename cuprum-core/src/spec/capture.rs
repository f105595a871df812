//! What is kept of an output, and who else gets it.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use super::{OpenFile, Sink, Stdio};

/// How an output is captured: how much of it is kept, and who else gets it.
///
/// A stream is always read to its end, and what is not kept is counted, so a command is never made to wait
/// by a limit.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Build;
/// # #[derive(Command)]
/// # #[command(program = Build)]
/// # struct Nightly {}
/// use cuprum::lab::{Lab, Script};
/// use cuprum::prelude::*;
/// use cuprum::spec::{Capture, Sink};
///
/// let (sender, chunks) = std::sync::mpsc::channel();
/// let copy = Sink::call(move |chunk| drop(sender.send(chunk.to_vec())));
///
/// let lab = Lab::new().on::<Nightly>(Script::stdout("a long story"));
/// let outcome = lab.cx().output(Nightly::new().stdout(Capture::new().head(2).tail(3).tee(copy))).wait()?;
///
/// assert_eq!((outcome.stdout().head(), outcome.stdout().tail()), (&b"a "[..], &b"ory"[..]));
/// assert_eq!(outcome.stdout().total(), 12);
/// assert_eq!(chunks.iter().flatten().collect::<Vec<u8>>(), b"a long story");
/// # Ok::<(), cuprum::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "it does nothing until it is given to a command"]
pub struct Capture {
    pub(crate) head: Option<usize>,
    pub(crate) tail: Option<usize>,
    pub(crate) sinks: Vec<Sink>,
    pub(crate) spill: Option<SpillTo>,
    /// A vector is wanted in the end, so the bytes are best kept in one.
    pub(crate) vector: bool,
}

/// Where the whole of a stream is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SpillTo {
    Temporary,
    File(PathBuf),
}

impl Capture {
    /// Keeps as much as the context says: by default 32 MiB of the start and 32 MiB of the end.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the whole output, however much it is.
    pub fn all() -> Self {
        Self::new().head(usize::MAX).tail(0)
    }

    /// Keeps nothing, for an output that only others are to get.
    pub fn nothing() -> Self {
        Self::new().head(0).tail(0)
    }

    /// Keeps this many bytes of the start.
    pub fn head(self, bytes: usize) -> Self {
        Self { head: Some(bytes), ..self }
    }

    /// Keeps this many bytes of the end, beside those of the start.
    pub fn tail(self, bytes: usize) -> Self {
        Self { tail: Some(bytes), ..self }
    }

    /// Returns whether bytes are kept or copied, where those limits hold that are not its own, and not only counted.
    pub(crate) fn looks(&self, head: usize, tail: usize) -> bool {
        let kept = (self.head.unwrap_or(head), self.tail.unwrap_or(tail));
        kept != (0, 0) || !self.sinks.is_empty() || self.spill.is_some()
    }

    /// Keeps nothing, unless it was said how much is kept.
    pub(crate) fn or_nothing(&mut self) {
        if (self.head, self.tail) == (None, None) {
            (self.head, self.tail) = (Some(0), Some(0));
        }
    }

    /// Gives a copy of the output to `sink`, too; there can be several.
    pub fn tee(mut self, sink: impl Into<Sink>) -> Self {
        self.sinks.push(sink.into());
        self
    }

    /// Writes the whole output to a temporary file as soon as it is longer than the head that is kept.
    ///
    /// Where it lies is in [`Captured::spill`](crate::outcome::Captured::spill). It is made in the parent's
    /// directory for temporary files, for its owner only, and removed with the outcome.
    pub fn spill(self) -> Self {
        Self { spill: Some(SpillTo::Temporary), ..self }
    }

    /// Writes the whole output to the file at `path`, which is emptied, or made if there is none.
    ///
    /// It is opened before the command is started, and a relative path is taken from the parent's working
    /// directory.
    pub fn spill_to(self, path: impl Into<PathBuf>) -> Self {
        Self { spill: Some(SpillTo::File(path.into())), ..self }
    }
}

/// Where an output goes: a [`Stdio`], a [`Capture`] or an open [`File`], which become one by `into`.
#[derive(Clone, Debug, Default)]
#[must_use = "it does nothing until it is given to a command"]
pub struct Destination {
    pub(crate) stdio: Stdio,
    pub(crate) capture: Capture,
    /// A [`Capture`] was given, and it is not captured because that is the default.
    asked: bool,
}

impl Destination {
    /// Returns whether it is captured.
    pub(crate) fn is_captured(&self) -> bool {
        self.stdio == Stdio::Capture
    }

    /// Returns whether somebody asked for it to be captured or copied.
    pub(crate) fn is_observed(&self) -> bool {
        self.is_captured() && (self.asked || !self.capture.sinks.is_empty())
    }
}

impl From<Stdio> for Destination {
    fn from(stdio: Stdio) -> Self {
        Self { stdio, capture: Capture::new(), asked: false }
    }
}

impl From<Capture> for Destination {
    fn from(capture: Capture) -> Self {
        Self { stdio: Stdio::Capture, capture, asked: true }
    }
}

/// The file at this path, which is emptied.
impl From<&Path> for Destination {
    fn from(path: &Path) -> Self {
        Stdio::file(path).into()
    }
}

/// The file at this path, which is emptied.
impl From<PathBuf> for Destination {
    fn from(path: PathBuf) -> Self {
        Stdio::file(path).into()
    }
}

/// The file at this path, which is emptied.
impl From<&PathBuf> for Destination {
    fn from(path: &PathBuf) -> Self {
        Stdio::file(path).into()
    }
}

impl From<File> for Destination {
    fn from(file: File) -> Self {
        Stdio::from(file).into()
    }
}

impl From<OwnedFd> for Destination {
    fn from(fd: OwnedFd) -> Self {
        Stdio::from(fd).into()
    }
}

impl From<OpenFile> for Destination {
    fn from(file: OpenFile) -> Self {
        Stdio::Open(file).into()
    }
}
