//! Reads a stream to its end and keeps its head and its tail.

use std::collections::VecDeque;
use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _};

use crate::outcome::Captured;

/// How much the first read asks for. Most commands print less.
const FIRST_READ: usize = 4 << 10;

/// How much one read asks for at most.
const LARGEST_READ: usize = 1 << 20;

/// Reads `pipe` to its end; keeps `head` bytes of the start and `tail` bytes of the end.
///
/// The writer is never made to wait for more than the reading: what is beyond the limits is counted
/// and let go.
pub(crate) async fn capture(
    pipe: &mut (dyn AsyncRead + Send + Unpin),
    head: usize,
    tail: usize,
) -> io::Result<Captured> {
    let mut kept = Vec::new();
    while kept.len() < head {
        let room = kept.len().clamp(FIRST_READ, LARGEST_READ).min(head - kept.len());
        kept.reserve(room);
        if (&mut *pipe).take(room as u64).read_buf(&mut kept).await? == 0 {
            return Ok(Captured::whole(kept));
        }
    }
    let (omitted, end) = end_of(pipe, tail).await?;
    Ok(Captured::cut(kept, omitted, &end))
}

/// Reads the rest of `pipe`; keeps the last `tail` bytes and counts the others.
async fn end_of(pipe: &mut (dyn AsyncRead + Send + Unpin), tail: usize) -> io::Result<(u64, Vec<u8>)> {
    let mut end = VecDeque::new();
    let mut omitted = 0;
    let mut chunk = Vec::new();
    loop {
        chunk.clear();
        chunk.reserve(64 << 10);
        if pipe.read_buf(&mut chunk).await? == 0 {
            return Ok((omitted, end.into()));
        }
        end.extend(&chunk);
        let excess = end.len().saturating_sub(tail);
        end.drain(..excess);
        omitted += excess as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::capture;

    #[track_caller]
    fn check(input: &[u8], head: usize, tail: usize, expected: (&[u8], u64, &[u8])) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let captured = runtime.block_on(capture(&mut &*input, head, tail)).unwrap();
        assert_eq!((captured.head(), captured.omitted(), captured.tail()), expected);
        assert_eq!(captured.total(), input.len() as u64);
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
