//! Looks at what is read of a stream without taking part: counts it, and hands on whole lines.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::LineEnd;

/// Looks at the chunks of a stream.
pub(crate) struct Onlooker {
    counts: Arc<Counts>,
    counts_lines: bool,
    after_cr: bool,
    blocks: Option<Blocks>,
}

/// How much of a stream was read so far.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    bytes: AtomicU64,
    lines: AtomicU64,
    /// What came last has no line end yet.
    open: AtomicBool,
}

impl Counts {
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Returns how many lines there were; what has no line end at the end is one, too.
    pub(crate) fn lines(&self) -> u64 {
        self.lines.load(Ordering::Relaxed) + u64::from(self.open.load(Ordering::Relaxed))
    }
}

/// Gets whole lines, and what ends the last of them if no line end does.
pub(crate) type OnBlock = Box<dyn FnMut(&[u8], LineEnd) + Send>;

/// Cuts a stream after line ends, each chunk after its last one.
struct Blocks {
    longest: usize,
    /// What came of a line whose end has not.
    begun: Vec<u8>,
    on_block: OnBlock,
}

impl Onlooker {
    /// Creates one that counts bytes, and lines if that is wanted.
    pub(crate) fn new(counts: Arc<Counts>, counts_lines: bool) -> Self {
        Self { counts, counts_lines, after_cr: false, blocks: None }
    }

    /// Hands on the lines, too; those that are longer than `longest` bytes in pieces of that length.
    pub(crate) fn with_blocks(self, longest: usize, on_block: OnBlock) -> Self {
        Self { blocks: Some(Blocks { longest: longest.max(1), begun: Vec::new(), on_block }), ..self }
    }

    /// Looks at a chunk.
    pub(super) fn chunk(&mut self, chunk: &[u8]) {
        self.counts.bytes.fetch_add(chunk.len() as u64, Ordering::Relaxed);
        let Some(last) = chunk.last().filter(|_| self.counts_lines) else { return };
        // An LF after a CR that ended the chunk before belongs to that.
        let chunk = match std::mem::replace(&mut self.after_cr, *last == b'\r') {
            true => chunk.strip_prefix(b"\n").unwrap_or(chunk),
            false => chunk,
        };
        if chunk.is_empty() {
            return;
        }
        self.counts.lines.fetch_add(ends(chunk), Ordering::Relaxed);
        self.counts.open.store(!matches!(last, b'\n' | b'\r'), Ordering::Relaxed);
        if let Some(blocks) = &mut self.blocks {
            blocks.push(chunk);
        }
    }

    /// Hands on what has no line end. It can be called again.
    pub(super) fn end(&mut self) {
        if let Some(Blocks { begun, on_block, .. }) = &mut self.blocks
            && !begun.is_empty()
        {
            on_block(begun, LineEnd::Stream);
            begun.clear();
        }
    }
}

/// Returns how many lines end in a chunk.
fn ends(chunk: &[u8]) -> u64 {
    let mut ends = memchr::memchr_iter(b'\n', chunk).count();
    // Most streams have no CR at all.
    if let Some(first) = memchr::memchr(b'\r', chunk) {
        let rest = chunk.get(first..).unwrap_or_default();
        let is_alone = |at: &usize| rest.get(at + 1) != Some(&b'\n');
        ends += memchr::memchr_iter(b'\r', rest).filter(is_alone).count();
    }
    ends as u64
}

impl Blocks {
    fn push(&mut self, chunk: &[u8]) {
        let rest = match memchr::memrchr2(b'\n', b'\r', chunk) {
            None => chunk,
            Some(at) => {
                let (block, rest) = chunk.split_at(at + 1);
                if self.begun.is_empty() {
                    (self.on_block)(block, LineEnd::Newline);
                } else {
                    self.begun.extend_from_slice(block);
                    (self.on_block)(&self.begun, LineEnd::Newline);
                    self.begun.clear();
                }
                rest
            }
        };
        self.begun.extend_from_slice(rest);
        if self.begun.len() > self.longest {
            let pieces = (self.begun.len() - 1) / self.longest * self.longest;
            (self.on_block)(self.begun.get(..pieces).unwrap_or_default(), LineEnd::Cut);
            self.begun.drain(..pieces);
        }
    }
}

impl fmt::Debug for Onlooker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Onlooker").field("counts", &self.counts).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Returns the blocks of the chunks, and how many lines were counted.
    fn look(chunks: &[&[u8]], longest: usize) -> (Vec<(String, LineEnd)>, u64) {
        let counts = Arc::new(Counts::default());
        let blocks = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&blocks);
        let mut onlooker = Onlooker::new(Arc::clone(&counts), true).with_blocks(
            longest,
            Box::new(move |block, end| {
                seen.lock().unwrap().push((String::from_utf8_lossy(block).into_owned(), end));
            }),
        );
        chunks.iter().for_each(|chunk| onlooker.chunk(chunk));
        onlooker.end();
        onlooker.end();
        drop(onlooker);
        (Arc::into_inner(blocks).unwrap().into_inner().unwrap(), counts.lines())
    }

    #[track_caller]
    fn check(chunks: &[&[u8]], longest: usize, blocks: &[(&str, LineEnd)], lines: u64) {
        let blocks = blocks.iter().map(|(text, end)| ((*text).to_owned(), *end)).collect();
        assert_eq!(look(chunks, longest), (blocks, lines));
    }

    #[test]
    fn each_chunk_gives_its_whole_lines_and_the_rest_begins_the_next() {
        use LineEnd::{Cut, Newline, Stream};
        check(&[b"a\nb", b"c\r\nd"], 9, &[("a\n", Newline), ("bc\r\n", Newline), ("d", Stream)], 3);
        check(&[b"", b"abc"], 9, &[("abc", Stream)], 1);
        check(&[b"abc", b"defgh"], 3, &[("abcdef", Cut), ("gh", Stream)], 1);
        check(&[b"abcdef", b"\nx\n"], 3, &[("abc", Cut), ("def\nx\n", Newline)], 2);
    }

    #[test]
    fn a_line_end_that_is_cut_in_two_is_one() {
        use LineEnd::Newline;
        check(&[b"a\r", b"\n"], 9, &[("a\r", Newline)], 1);
        check(&[b"a\r", b"\nb\n"], 9, &[("a\r", Newline), ("b\n", Newline)], 2);
        check(&[b"a\r", b"b\r\n\r"], 9, &[("a\r", Newline), ("b\r\n\r", Newline)], 3);
    }
}
