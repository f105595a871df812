//! Writes an input to a child and closes it.

use std::io;

use tokio::io::{AsyncWrite, AsyncWriteExt as _};

/// Writes `input` to `pipe` and closes it.
///
/// A child that stops reading early is no error: `head -n 1` is right not to read on.
pub(crate) async fn feed(mut pipe: Box<dyn AsyncWrite + Send + Unpin>, input: &[u8]) -> io::Result<()> {
    let written = async {
        pipe.write_all(input).await?;
        pipe.shutdown().await
    };
    match written.await {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
