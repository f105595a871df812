//! Who else gets the bytes of a stream while it is read.

use super::Tap;

/// Everyone who gets what is read of one stream, beside the capture.
#[derive(Debug, Default)]
pub(crate) struct Audience {
    pub(crate) tap: Option<Tap>,
}

impl Audience {
    /// Hands on what was read; waits for those that the stream is to wait for.
    pub(super) async fn chunk(&mut self, chunk: &[u8]) {
        if let Some(tap) = &mut self.tap {
            tap.chunk(chunk).await;
        }
    }

    /// Tells everyone that the stream has ended.
    pub(super) async fn end(&mut self) {
        if let Some(tap) = &mut self.tap {
            tap.end().await;
        }
    }
}
