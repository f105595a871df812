//! What passes through the parent on its way from one stage to the next.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::ReadBuf;

use super::Joint;

/// How bytes pass through the parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Passing {
    /// Moved within the kernel, and counted: [`Edge::poll_move`].
    Splice,
    /// Duplicated within the kernel, and the duplicate read: [`Edge::poll_read`], [`Edge::poll_pass`].
    Tee,
    /// Read into a buffer and written from it, by the same calls.
    Copy,
}

/// The two pipes between a stage and the next one, whose other ends the parent has.
pub struct Observed {
    /// The end that the first of the two stages writes to.
    pub writer: Joint,
    /// The end that the second one reads.
    pub reader: Joint,
    /// The parent's ends.
    pub edge: Box<dyn Edge>,
}

impl fmt::Debug for Observed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observed")
    }
}

/// The parent's ends of the two pipes between a stage and the next one. Dropping it closes both: the writer gets
/// `SIGPIPE` when it writes on, and the reader sees the end.
///
/// It is either moved or read and passed on, as it was [made](super::Backend::edge), and by one task at a time.
pub trait Edge: Send + Sync {
    /// Moves what the first pipe holds to the second one; 0 is the end of the stream.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::BrokenPipe`] where nobody reads the second pipe any more; else what the kernel says.
    fn poll_move(&self, context: &mut Context<'_>) -> Poll<io::Result<usize>>;

    /// Reads what the first pipe holds; nothing is the end of the stream. All of it is to be passed on before more
    /// is read.
    ///
    /// # Errors
    ///
    /// What the kernel says.
    fn poll_read(&self, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>>;

    /// Passes on what was read and not passed on yet; returns how much of it.
    ///
    /// # Errors
    ///
    /// As [`poll_move`](Self::poll_move).
    fn poll_pass(&self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>>;

    /// Waits until nobody reads the second pipe any more.
    fn broken(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}
