//! The streams of a child: its ends, and the parent's. Both ways to spawn use these.
//!
//! Every descriptor is closed on exec from its birth, so that no process that is started meanwhile gets
//! it, and lies above 2, so that putting one stream in its place never hits another one: a parent may
//! have closed its own standard streams, and then the kernel gives their numbers to the next files.

use std::fs::OpenOptions;
use std::io;
use std::os::fd::{AsFd, AsRawFd as _, BorrowedFd, OwnedFd};
use std::sync::OnceLock;

use rustix::fs::OFlags;
use rustix::pipe::PipeFlags;
use tokio::net::unix::pipe::{Receiver, Sender};

use crate::backend::{Joint, Launch, ReadPipe, WritePipe};
use crate::spec::{Stdin, Stdio};

/// What a child gets as its standard input, output and error.
pub(super) struct ChildEnds(pub(super) [ChildEnd; 3]);

pub(super) enum ChildEnd {
    /// The parent's own stream.
    Inherit,
    Null(BorrowedFd<'static>),
    Pipe(OwnedFd),
    /// A pipe to another stage; it holds an [`OwnedFd`].
    Joint(Joint),
}

impl ChildEnd {
    /// Returns the descriptor that is put in the stream's place; the parent's own stays if `None`.
    pub(super) fn fd(&self) -> Option<BorrowedFd<'_>> {
        match self {
            Self::Inherit => None,
            Self::Null(null) => Some(*null),
            Self::Pipe(pipe) => Some(pipe.as_fd()),
            Self::Joint(joint) => joint.get::<OwnedFd>().map(AsFd::as_fd),
        }
    }
}

/// The parent's ends of the pipes, watched by the runtime.
#[derive(Default)]
pub(super) struct ParentEnds {
    pub(super) stdin: Option<WritePipe>,
    pub(super) stdout: Option<ReadPipe>,
    pub(super) stderr: Option<ReadPipe>,
}

/// Opens what the launch asks for.
pub(super) fn open(launch: &Launch) -> io::Result<(ChildEnds, ParentEnds)> {
    let mut parent = ParentEnds::default();
    let stdin = match launch.stdin {
        _ if let Some(joint) = &launch.input => joined(joint)?,
        Stdin::Null => ChildEnd::Null(null()?),
        Stdin::Inherit => ChildEnd::Inherit,
        Stdin::Bytes(_) | Stdin::Piped => {
            let (reader, writer) = pipe()?;
            rustix::fs::fcntl_setfl(&writer, OFlags::NONBLOCK)?;
            parent.stdin = Some(Box::new(Sender::from_owned_fd_unchecked(writer)?));
            ChildEnd::Pipe(reader)
        }
    };
    let stdout = match &launch.output {
        Some(joint) => joined(joint)?,
        None => output(launch.stdout, &mut parent.stdout)?,
    };
    let stderr = output(launch.stderr, &mut parent.stderr)?;
    Ok((ChildEnds([stdin, stdout, stderr]), parent))
}

/// Takes an end of a pipe that joins two stages.
fn joined(joint: &Joint) -> io::Result<ChildEnd> {
    match joint.get::<OwnedFd>() {
        Some(_) => Ok(ChildEnd::Joint(joint.clone())),
        None => Err(io::Error::new(io::ErrorKind::InvalidInput, "the pipe is one of another backend")),
    }
}

fn output(stdio: Stdio, parent: &mut Option<ReadPipe>) -> io::Result<ChildEnd> {
    Ok(match stdio {
        Stdio::Capture | Stdio::Piped => {
            let (reader, writer) = pipe()?;
            rustix::fs::fcntl_setfl(&reader, OFlags::NONBLOCK)?;
            *parent = Some(Box::new(Receiver::from_owned_fd_unchecked(reader)?));
            ChildEnd::Pipe(writer)
        }
        Stdio::Inherit => ChildEnd::Inherit,
        Stdio::Null => ChildEnd::Null(null()?),
    })
}

pub(super) fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let (reader, writer) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC)?;
    Ok((above_standard(reader)?, above_standard(writer)?))
}

/// Returns the one `/dev/null` of this process; opening it for each stream costs a microsecond each.
fn null() -> io::Result<BorrowedFd<'static>> {
    static NULL: OnceLock<OwnedFd> = OnceLock::new();
    let null = match NULL.get() {
        Some(null) => null,
        None => {
            let opened = OpenOptions::new().read(true).write(true).open("/dev/null")?;
            let opened = above_standard(opened.into())?;
            NULL.get_or_init(|| opened)
        }
    };
    Ok(null.as_fd())
}

/// Moves a descriptor that has the number of a standard stream to a higher one.
fn above_standard(fd: OwnedFd) -> io::Result<OwnedFd> {
    const FIRST_OTHER: i32 = 3;
    if fd.as_raw_fd() >= FIRST_OTHER {
        return Ok(fd);
    }
    Ok(rustix::io::fcntl_dupfd_cloexec(&fd, FIRST_OTHER)?)
}
