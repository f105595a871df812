//! Lines on their way to a reader, packed together.

use super::{Line, LineEnd, LineRef, Source};

/// How many lines a batch holds at most.
const LINES: usize = 1024;

/// Lines of one stream, in one piece of memory: each becomes a value of its own when it is read.
///
/// Many small values that wait for their reader would be cold again when their turn comes.
#[derive(Debug)]
pub(crate) struct Batch {
    stage: usize,
    source: Source,
    text: Vec<u8>,
    /// Where each line ends in the text, and what ended it.
    ends: Vec<(usize, LineEnd)>,
    /// How many were read, and where the next one begins.
    read: usize,
    start: usize,
}

impl Batch {
    /// How much text most batches have at most.
    pub(super) const ROOM: usize = 64 << 10;

    /// Creates a batch with room for so much text.
    pub(super) fn new(stage: usize, source: Source, room: usize) -> Self {
        let ends = Vec::with_capacity(LINES.min(room));
        Self { stage, source, text: Vec::with_capacity(room), ends, read: 0, start: 0 }
    }

    /// Adds a line, which is of the batch's stream.
    pub(super) fn push(&mut self, line: LineRef<'_>) {
        self.text.extend_from_slice(line.bytes);
        self.ends.push((self.text.len(), line.end));
    }

    pub(super) fn is_full(&self) -> bool {
        self.ends.len() >= LINES
    }

    /// Returns how many lines are left.
    pub(super) fn len(&self) -> usize {
        self.ends.len() - self.read
    }
}

impl Iterator for Batch {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let (stop, end) = *self.ends.get(self.read)?;
        let bytes = self.text.get(self.start..stop).unwrap_or_default().to_vec();
        self.read += 1;
        self.start = stop;
        Some(Line { stage: self.stage, source: self.source, bytes, end })
    }
}
