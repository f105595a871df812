//! Writes an input to a child and closes it.

use std::io;
use std::pin::Pin;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// How much of a reader is read at once.
const READ: usize = 64 << 10;

/// What a child is to read.
pub(crate) enum Feed<'a> {
    Bytes(&'a [u8]),
    Reader(Pin<Box<dyn AsyncRead + Send>>),
}

/// How much of an input a child was given, and why not all of it.
#[derive(Debug, Default)]
pub(crate) struct Fed {
    pub(crate) bytes: u64,
    pub(crate) fault: Option<(Fault, io::Error)>,
}

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The input itself.
    Read,
    /// Writing to the child.
    Write,
    /// Closing the pipe to it.
    Close,
}

impl Fed {
    /// Returns why the child must be stopped: the input itself has failed, or the pipe in a way it should not.
    ///
    /// A child that stops reading early is no error.
    pub(crate) fn into_failure(self) -> Option<io::Error> {
        match self.fault? {
            (Fault::Write | Fault::Close, error) if error.kind() == io::ErrorKind::BrokenPipe => None,
            (_, error) => Some(error),
        }
    }
}

type Pipe = Box<dyn AsyncWrite + Send + Unpin>;

impl Feed<'_> {
    /// Writes the input to the pipe, and closes it at the end; `None` if there is no pipe.
    ///
    /// Where the input itself fails, the pipe stays open: a child that saw its end would take what it has for
    /// the whole.
    pub(crate) async fn into_pipe(self, pipe: &mut Option<Pipe>) -> Option<Fed> {
        let writer = pipe.as_mut()?;
        let mut fed = Fed::default();
        fed.fault = self.write(writer, &mut fed.bytes).await.err();
        if fed.fault.is_none() {
            fed.fault = writer.shutdown().await.err().map(|error| (Fault::Close, error));
        }
        if !matches!(fed.fault, Some((Fault::Read, _))) {
            *pipe = None;
        }
        Some(fed)
    }

    async fn write(self, writer: &mut Pipe, written: &mut u64) -> Result<(), (Fault, io::Error)> {
        match self {
            Self::Bytes(bytes) => write_all(writer, bytes, written).await,
            Self::Reader(mut reader) => {
                let mut chunk = Vec::with_capacity(READ);
                loop {
                    chunk.clear();
                    if reader.read_buf(&mut chunk).await.map_err(|error| (Fault::Read, error))? == 0 {
                        return Ok(());
                    }
                    write_all(writer, &chunk, written).await?;
                }
            }
        }
    }
}

async fn write_all(writer: &mut Pipe, mut bytes: &[u8], written: &mut u64) -> Result<(), (Fault, io::Error)> {
    while !bytes.is_empty() {
        let count = match writer.write(bytes).await {
            Ok(0) => return Err((Fault::Write, io::ErrorKind::WriteZero.into())),
            Ok(count) => count,
            Err(error) => return Err((Fault::Write, error)),
        };
        *written += count as u64;
        bytes = bytes.get(count..).unwrap_or_default();
    }
    Ok(())
}
