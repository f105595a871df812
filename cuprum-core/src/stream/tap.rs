//! Hands the lines of a stream to whoever reads them while the command runs.

use tokio::sync::mpsc;

use super::{Cutter, Line, Source};

/// One stream's way to a reader of lines.
#[derive(Debug)]
pub(crate) struct Tap {
    cutter: Cutter,
    sender: mpsc::Sender<Line>,
    lines: Vec<Line>,
}

impl Tap {
    /// Creates a tap whose lines are at most `limit` bytes long.
    pub(crate) fn new(source: Source, limit: usize, sender: mpsc::Sender<Line>) -> Self {
        Self { cutter: Cutter::new(source, limit), sender, lines: Vec::new() }
    }

    /// Hands on the lines that end in this chunk; waits while the reader has too many.
    pub(super) async fn chunk(&mut self, chunk: &[u8]) {
        self.cutter.push(chunk, &mut self.lines);
        self.send().await;
    }

    /// Hands on what has no line end.
    pub(super) async fn end(&mut self) {
        self.cutter.finish(&mut self.lines);
        self.send().await;
    }

    async fn send(&mut self) {
        for line in self.lines.drain(..) {
            // A reader that has gone away wants no more lines; the command runs on.
            let _ = self.sender.send(line).await;
        }
    }
}
