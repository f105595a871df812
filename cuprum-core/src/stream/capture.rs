//! Reads a stream to its end and keeps its head and its tail.

use std::collections::VecDeque;
use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::{Audience, Spilling};
use crate::outcome::Captured;

/// How much the first read asks for. Most commands print less.
const FIRST_READ: usize = 4 << 10;

/// How much one read asks for at most.
const LARGEST_READ: usize = 1 << 20;

/// How much is read at once of what will mostly be let go.
const LATER_READ: usize = 256 << 10;

/// What was kept of a stream so far.
///
/// It outlives the reading, so that a reading that is given up loses nothing.
#[derive(Debug)]
pub(crate) struct Capture {
    head: Vec<u8>,
    head_limit: usize,
    tail: VecDeque<u8>,
    tail_limit: usize,
    omitted: u64,
    spill: Option<Spilling>,
}

impl Capture {
    /// Starts a capture that keeps this much of the start and of the end.
    pub(crate) fn new(head_limit: usize, tail_limit: usize) -> Self {
        Self { head: Vec::new(), head_limit, tail: VecDeque::new(), tail_limit, omitted: 0, spill: None }
    }

    /// Writes the whole stream to a file, too.
    pub(crate) fn with_spill(self, spill: Option<Spilling>) -> Self {
        Self { spill, ..self }
    }

    /// Reads `pipe` to its end; calls `on_chunk` with the length of each read, and lets the
    /// `audience` have it.
    ///
    /// The writer is never made to wait for more than the reading and the audience: what is beyond the
    /// limits is counted and let go.
    pub(crate) async fn read(
        &mut self,
        pipe: &mut (dyn AsyncRead + Send + Unpin),
        on_chunk: &(dyn Fn(usize) + Sync),
        audience: &mut Audience,
    ) -> io::Result<()> {
        self.read_all(pipe, on_chunk, audience).await?;
        audience.end().await;
        Ok(())
    }

    async fn read_all(
        &mut self,
        pipe: &mut (dyn AsyncRead + Send + Unpin),
        on_chunk: &(dyn Fn(usize) + Sync),
        audience: &mut Audience,
    ) -> io::Result<()> {
        while self.head.len() < self.head_limit {
            let missing = self.head_limit - self.head.len();
            let room = self.head.len().clamp(FIRST_READ, LARGEST_READ).min(missing);
            self.head.reserve(room);
            let before = self.head.len();
            match (&mut *pipe).take(room as u64).read_buf(&mut self.head).await? {
                0 => return Ok(()),
                read => on_chunk(read),
            }
            let chunk = self.head.get(before..).unwrap_or_default();
            if let Some(spill) = &mut self.spill
                && spill.is_open()
            {
                spill.write(chunk);
            }
            audience.chunk(chunk).await;
        }
        let mut chunk = Vec::new();
        loop {
            chunk.clear();
            chunk.reserve(LATER_READ);
            match pipe.read_buf(&mut chunk).await? {
                0 => return Ok(()),
                read => on_chunk(read),
            }
            if let Some(spill) = &mut self.spill {
                if !spill.is_open() {
                    spill.write(&self.head);
                }
                spill.write(&chunk);
            }
            audience.chunk(&chunk).await;
            self.keep_tail(&chunk);
        }
    }

    /// Keeps the end of what came so far, and copies no more than that.
    fn keep_tail(&mut self, chunk: &[u8]) {
        let skipped = chunk.len().saturating_sub(self.tail_limit);
        let kept = chunk.get(skipped..).unwrap_or_default();
        let excess = (self.tail.len() + kept.len()).saturating_sub(self.tail_limit);
        self.tail.drain(..excess);
        self.tail.extend(kept);
        self.omitted += (skipped + excess) as u64;
    }

    /// Returns what was kept.
    pub(crate) fn finish(mut self) -> Captured {
        let spill = self.spill.and_then(|spill| spill.finish(self.omitted == 0));
        Captured::cut(self.head, self.omitted, self.tail.make_contiguous()).with_spill(spill)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{Audience, Capture};

    #[track_caller]
    fn check(input: &[u8], head: usize, tail: usize, expected: (&[u8], u64, &[u8])) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut capture = Capture::new(head, tail);
        let seen = AtomicUsize::new(0);
        let on_chunk = |read| {
            seen.fetch_add(read, Ordering::Relaxed);
        };
        runtime.block_on(capture.read(&mut &*input, &on_chunk, &mut Audience::default())).unwrap();
        let captured = capture.finish();
        let joined: Vec<u8> = [captured.head(), captured.tail()].concat();
        assert_eq!(joined, [expected.0, expected.2].concat());
        assert_eq!(captured.omitted(), expected.1);
        assert_eq!((captured.total(), seen.into_inner()), (input.len() as u64, input.len()));
    }

    #[test]
    fn a_stream_within_the_limits_is_kept_whole() {
        check(b"", 4, 4, (b"", 0, b""));
        check(b"abcd", 4, 4, (b"abcd", 0, b""));
        check(b"abcdefgh", 4, 4, (b"abcd", 0, b"efgh"));
    }

    #[test]
    fn the_middle_of_a_longer_stream_is_counted_and_let_go() {
        check(b"abcdefghij", 4, 4, (b"abcd", 2, b"ghij"));
        check(b"abcdefghij", 0, 3, (b"", 7, b"hij"));
        check(b"abcdefghij", 3, 0, (b"abc", 7, b""));
        check(b"abcdefghij", 0, 0, (b"", 10, b""));
    }

    #[test]
    fn a_long_stream_is_kept_whole_where_there_is_no_limit() {
        let input = vec![7; 3 << 20];
        check(&input, usize::MAX, 0, (&input, 0, b""));
    }
}
