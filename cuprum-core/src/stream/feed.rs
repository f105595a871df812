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

impl Feed<'_> {
    /// Writes the input to the pipe, and closes it at the end.
    ///
    /// A child that stops reading early is no error. Where the input itself fails, the pipe stays open: a
    /// child that saw its end would take what it has for the whole.
    pub(crate) async fn into_pipe(
        self,
        pipe: &mut Option<Box<dyn AsyncWrite + Send + Unpin>>,
    ) -> io::Result<()> {
        let Some(writer) = pipe else { return Ok(()) };
        let written = match self {
            Self::Bytes(bytes) => writer.write_all(bytes).await,
            Self::Reader(mut reader) => {
                let mut chunk = Vec::with_capacity(READ);
                loop {
                    chunk.clear();
                    if reader.read_buf(&mut chunk).await? == 0 {
                        break Ok(());
                    }
                    if let Err(error) = writer.write_all(&chunk).await {
                        break Err(error);
                    }
                }
            }
        };
        let written = match written {
            Ok(()) => writer.shutdown().await,
            failed => failed,
        };
        *pipe = None;
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }
}
