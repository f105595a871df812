//! The streams of a child: its ends, and the parent's. Both ways to spawn use these.
//!
//! Every descriptor is closed on exec from its birth, so that no process that is started meanwhile gets
//! it, and lies above 2, so that putting one stream in its place never hits another one: a parent may
//! have closed its own standard streams, and then the kernel gives their numbers to the next files.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal as _};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rustix::pipe::PipeFlags;

use super::files::{Access, above_standard, duplicate, open_file};
use super::pipes::{self, End};
use super::replace;
use super::request::Source;
use crate::backend::{Joint, Launch, ReadPipe, Replacement, WritePipe};
use crate::spec::{Stdin, Stdio};

/// What a child gets as its standard input, output and error.
pub(super) struct ChildEnds(pub(super) [ChildEnd; 3]);

impl ChildEnds {
    /// Returns what a child with a copy of the parent's table begins with.
    pub(super) fn sources(&self) -> [Source<'_>; 3] {
        let Self(ends) = self;
        ends.each_ref().map(|end| end.fd().map_or(Source::Inherit, Source::Open))
    }

    /// Returns whether standard input is a terminal.
    pub(super) fn reads_terminal(&self) -> bool {
        let ChildEnds([stdin, ..]) = self;
        match stdin {
            ChildEnd::Inherit => io::stdin().is_terminal(),
            ChildEnd::Null(_) | ChildEnd::Pipe(_) | ChildEnd::Joint(_) => false,
            ChildEnd::File(fd) => fd.is_terminal(),
        }
    }
}

pub(super) enum ChildEnd {
    /// The parent's own stream.
    Inherit,
    Null(BorrowedFd<'static>),
    /// An end of a pipe that was made for this child.
    Pipe(OwnedFd),
    /// Whatever else is open: a file, a terminal, a socket.
    File(OwnedFd),
    /// A pipe to another stage; it holds an [`End`].
    Joint(Joint),
}

impl ChildEnd {
    /// Returns the descriptor that is put in the stream's place; the parent's own stays if `None`.
    pub(super) fn fd(&self) -> Option<BorrowedFd<'_>> {
        match self {
            Self::Inherit => None,
            Self::Null(null) => Some(*null),
            Self::Pipe(fd) | Self::File(fd) => Some(fd.as_fd()),
            Self::Joint(joint) => joint.get::<End>().map(AsFd::as_fd),
        }
    }

    /// Returns another descriptor of the same pipe or file; `stream` is the parent's own stream.
    fn duplicate(&self, stream: impl AsFd) -> io::Result<Self> {
        Ok(match self {
            Self::Inherit => Self::File(duplicate(&stream)?),
            Self::Null(null) => Self::Null(*null),
            Self::Pipe(fd) => Self::Pipe(duplicate(fd)?),
            Self::File(fd) => Self::File(duplicate(fd)?),
            Self::Joint(joint) => Self::Joint(joint.clone()),
        })
    }
}

/// The parent's ends of the pipes, watched by the runtime.
#[derive(Default)]
pub(super) struct ParentEnds {
    pub(super) stdin: Option<WritePipe>,
    pub(super) stdout: Option<ReadPipe>,
    pub(super) stderr: Option<ReadPipe>,
    pub(super) replacements: Vec<Box<dyn Replacement>>,
}

/// Why the streams could not be made ready.
pub(super) struct Fault {
    /// The file that could not be opened, if it was that.
    pub(super) path: Option<PathBuf>,
    pub(super) source: io::Error,
}

impl From<io::Error> for Fault {
    fn from(source: io::Error) -> Self {
        Self { path: None, source }
    }
}

/// Opens what the launch asks for, in the order of the streams.
pub(super) fn open(launch: &Launch) -> Result<(ChildEnds, ParentEnds), Fault> {
    let mut parent = ParentEnds::default();
    let stdin = match &launch.stdin {
        _ if let Some(joint) = &launch.input => joined(joint)?,
        Stdin::Null => ChildEnd::Null(null()?),
        Stdin::Inherit => ChildEnd::Inherit,
        Stdin::Bytes(_) | Stdin::SecretBytes(_) | Stdin::Piped | Stdin::Reader(_) => {
            let (reader, writer) = pipe()?;
            parent.stdin = Some(pipes::writing(writer)?);
            ChildEnd::Pipe(reader)
        }
        Stdin::File(path) => file(path, Access::Read)?,
        Stdin::Open(open) => ChildEnd::File(duplicate(open)?),
    };
    let stdout = match &launch.output {
        Some(joint) => Some(joined(joint)?),
        None => output(&launch.stdout, &mut parent.stdout, &mut parent.replacements)?,
    };
    let stderr = output(&launch.stderr, &mut parent.stderr, &mut parent.replacements)?;
    let (stdout, stderr) = match (stdout, stderr) {
        (Some(stdout), Some(stderr)) => (stdout, stderr),
        (Some(stdout), None) => {
            let stderr = stdout.duplicate(io::stdout())?;
            (stdout, stderr)
        }
        (None, Some(stderr)) => (stderr.duplicate(io::stderr())?, stderr),
        // The plan refuses it; a launch that was made by hand gets what makes sense.
        (None, None) => (ChildEnd::Null(null()?), ChildEnd::Null(null()?)),
    };
    Ok((ChildEnds([stdin, stdout, stderr]), parent))
}

/// Takes an end of a pipe that joins two stages.
fn joined(joint: &Joint) -> io::Result<ChildEnd> {
    match joint.get::<End>() {
        Some(_) => Ok(ChildEnd::Joint(joint.clone())),
        None => Err(io::Error::new(io::ErrorKind::InvalidInput, "the pipe is one of another backend")),
    }
}

/// Returns the child's end; none if it is to be that of the other stream.
fn output(
    stdio: &Stdio,
    parent: &mut Option<ReadPipe>,
    replacements: &mut Vec<Box<dyn Replacement>>,
) -> Result<Option<ChildEnd>, Fault> {
    Ok(Some(match stdio {
        Stdio::Capture | Stdio::Piped => {
            let (reader, writer) = pipe()?;
            *parent = Some(pipes::reading(reader)?);
            ChildEnd::Pipe(writer)
        }
        Stdio::Inherit => ChildEnd::Inherit,
        Stdio::Null => ChildEnd::Null(null()?),
        Stdio::File(path) => file(path, Access::Write)?,
        Stdio::Append(path) => file(path, Access::Append)?,
        Stdio::Atomic(path) => {
            let opened = replace::replacement(path)
                .and_then(|(file, replacement)| Ok((above_standard(file.into())?, replacement)));
            let (file, replacement) =
                opened.map_err(|source| Fault { path: Some(path.to_owned()), source })?;
            replacements.push(Box::new(replacement));
            ChildEnd::File(file)
        }
        Stdio::Open(open) => ChildEnd::File(duplicate(open)?),
        Stdio::Merged => return Ok(None),
    }))
}

fn file(path: &Path, access: Access) -> Result<ChildEnd, Fault> {
    let opened = open_file(path, access).and_then(|file| above_standard(file.into()));
    opened.map(ChildEnd::File).map_err(|source| Fault { path: Some(path.to_owned()), source })
}

pub(super) fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let (reader, writer) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC)?;
    Ok((above_standard(reader)?, above_standard(writer)?))
}

/// Returns the one `/dev/null` of this process; opening it for each stream costs a microsecond each.
fn null() -> Result<BorrowedFd<'static>, Fault> {
    const PATH: &str = "/dev/null";
    static NULL: OnceLock<OwnedFd> = OnceLock::new();
    let null = match NULL.get() {
        Some(null) => null,
        None => {
            let opened = OpenOptions::new().read(true).write(true).open(PATH);
            let opened = opened.and_then(|null| above_standard(null.into()));
            let opened = opened.map_err(|source| Fault { path: Some(PATH.into()), source })?;
            NULL.get_or_init(|| opened)
        }
    };
    Ok(null.as_fd())
}
