//! Reads a stream to its end and keeps its head and its tail.

use std::collections::VecDeque;
use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::{Audience, Spilling};
use crate::outcome::{Buffer, Captured};

/// How much the first read asks for. Most commands print less.
const FIRST_READ: usize = 4 << 10;

/// How much one read asks for at most.
const LARGEST_READ: usize = 1 << 20;

/// How much is read at once of what will mostly be let go.
const LATER_READ: usize = 256 << 10;

/// From which length on the head is in a mapping of huge pages.
const MAPPED_FROM: usize = 4 << 20;

/// How much such a mapping reserves at most; beyond that a vector goes on.
const RESERVED: usize = 1 << 30;

/// What was kept of a stream so far.
///
/// It outlives the reading, so that a reading that is given up loses nothing.
#[derive(Debug)]
pub(crate) struct Capture {
    head: Buffer,
    head_limit: usize,
    /// Whether the head may be in a mapping once it is long; a vector is wanted otherwise.
    maps: bool,
    tail: VecDeque<u8>,
    tail_limit: usize,
    omitted: u64,
    spill: Option<Spilling>,
    elsewhere: bool,
}

impl Capture {
    /// Starts a capture that keeps this much of the start and of the end.
    pub(crate) fn new(head_limit: usize, tail_limit: usize) -> Self {
        let (head, tail) = (Buffer::default(), VecDeque::new());
        Self { head, head_limit, maps: true, tail, tail_limit, omitted: 0, spill: None, elsewhere: false }
    }

    /// Keeps the bytes in a vector, also where they are many.
    pub(crate) fn with_vector(self, wanted: bool) -> Self {
        Self { maps: !wanted, ..self }
    }

    /// Notes that there is nothing to read, because the stream goes elsewhere.
    pub(crate) fn goes_elsewhere(&mut self) {
        self.elsewhere = true;
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
            if self.maps && self.head.len() >= MAPPED_FROM {
                self.maps = false;
                self.head.map(self.head_limit.saturating_add(self.tail_limit).min(RESERVED));
            }
            let before = self.head.len();
            match self.head.read_from(pipe, room).await? {
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
            // Kept first: the reading may be given up while somebody is waited for.
            self.keep_tail(&chunk);
            audience.chunk(&chunk).await;
        }
    }

    /// Returns whether something of the stream is kept, and not only its length.
    pub(crate) fn keeps(&self) -> bool {
        (self.head_limit, self.tail_limit) != (0, 0) || self.spill.is_some()
    }

    /// Counts bytes that were never here.
    pub(crate) fn count(&mut self, bytes: usize) {
        self.omitted += bytes as u64;
    }

    /// Keeps what is to be kept of a chunk that was read elsewhere.
    pub(crate) fn keep(&mut self, chunk: &[u8]) {
        let missing = self.head_limit.saturating_sub(self.head.len());
        let (first, rest) = chunk.split_at(missing.min(chunk.len()));
        if let Some(spill) = &mut self.spill {
            if !rest.is_empty() && !spill.is_open() {
                spill.write(&self.head);
                spill.write(first);
            } else if spill.is_open() {
                spill.write(first);
            }
            if !rest.is_empty() {
                spill.write(rest);
            }
        }
        self.head.extend(first);
        self.keep_tail(rest);
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
        let captured = Captured::joined(self.head, self.omitted, self.tail.make_contiguous());
        captured.with_spill(spill).with_elsewhere(self.elsewhere)
    }
}

impl Buffer {
    /// Reads at most `most` bytes to the end of the buffer.
    async fn read_from(
        &mut self,
        pipe: &mut (dyn AsyncRead + Send + Unpin),
        most: usize,
    ) -> io::Result<usize> {
        if let Self::Mapped(mapping, length) = self {
            let room = mapping.len().saturating_sub(*length).min(most);
            match mapping.get_mut(*length..*length + room) {
                Some(place) if !place.is_empty() => {
                    let read = pipe.read(place).await?;
                    *length += read;
                    return Ok(read);
                }
                _ => *self = Self::Vector(self.to_vec()),
            }
        }
        match self {
            Self::Vector(vector) => {
                vector.reserve(most);
                pipe.take(most as u64).read_buf(vector).await
            }
            Self::Mapped(..) => Ok(0),
        }
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
        let input: Vec<u8> = (0..9 << 20).map(|at: u32| at.to_le_bytes()[at as usize % 3]).collect();
        check(&input, usize::MAX, 0, (&input, 0, b""));
        // Kept in a mapping from some length on, and cut and joined there as anywhere.
        let (head, tail) = (input.split_at(6 << 20).0, input.split_at(8 << 20).1);
        check(&input, 6 << 20, 1 << 20, (head, 2 << 20, tail));
    }
}
