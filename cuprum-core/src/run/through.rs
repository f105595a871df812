//! Moves what flows from one stage to the next through the parent, which looks at it or counts it.

use std::future::poll_fn;
use std::io;
use std::pin::pin;

use tokio::io::ReadBuf;

use crate::backend::Edge;
use crate::stream::{Audience, Capture};

/// How much is looked at at once: what a pipe between stages holds.
const AT_ONCE: usize = 256 << 10;

/// Whoever gets what passes.
pub(super) struct Witness<'a> {
    pub(super) capture: &'a mut Capture,
    pub(super) audience: &'a mut Audience,
    /// Whether they look at the bytes, or only count them.
    pub(super) looks: bool,
}

/// Moves the stream to its end, and closes the edge; calls `on_chunk` with the length of each piece.
///
/// Where the next stage reads no more, that is the end, too, and no failure: the edge is closed, so that the stage
/// before it gets `SIGPIPE` when it writes on, as with a pipe of the kernel.
pub(super) async fn through(
    edge: &mut Option<Box<dyn Edge>>,
    mut witness: Witness<'_>,
    on_chunk: &(dyn Fn(usize) + Sync),
) -> io::Result<()> {
    let moved = match edge {
        None => return Ok(()),
        Some(edge) if witness.looks => looked_at(&**edge, &mut witness, on_chunk).await,
        Some(edge) => counted(&**edge, &mut witness, on_chunk).await,
    };
    match moved {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error),
        _ => *edge = None,
    }
    witness.audience.end().await;
    Ok(())
}

async fn counted(
    edge: &dyn Edge,
    witness: &mut Witness<'_>,
    on_chunk: &(dyn Fn(usize) + Sync),
) -> io::Result<()> {
    let mut broken = pin!(edge.broken());
    loop {
        let moved = tokio::select! {
            biased;
            () = &mut broken => return Ok(()),
            moved = poll_fn(|context| edge.poll_move(context)) => moved?,
        };
        if moved == 0 {
            return Ok(());
        }
        on_chunk(moved);
        witness.capture.count(moved);
        witness.audience.count(moved);
    }
}

async fn looked_at(
    edge: &dyn Edge,
    witness: &mut Witness<'_>,
    on_chunk: &(dyn Fn(usize) + Sync),
) -> io::Result<()> {
    let mut broken = pin!(edge.broken());
    let mut memory = vec![0; AT_ONCE];
    loop {
        let mut buffer = ReadBuf::new(&mut memory);
        tokio::select! {
            biased;
            () = &mut broken => return Ok(()),
            read = poll_fn(|context| edge.poll_read(context, &mut buffer)) => read?,
        }
        let mut rest = buffer.filled();
        if rest.is_empty() {
            return Ok(());
        }
        on_chunk(rest.len());
        // Kept first: the reading may be given up while somebody is waited for.
        witness.capture.keep(rest);
        witness.audience.chunk(rest).await;
        while !rest.is_empty() {
            let passed = poll_fn(|context| edge.poll_pass(context, rest)).await?;
            rest = rest.get(passed..).unwrap_or_default();
        }
    }
}
