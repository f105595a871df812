//! The contents of one object, read in parts.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, ReadBuf};

use super::{Objects, ObjectsError};
use crate::git::{ObjectId, ObjectKind};

/// The contents of an object, in parts. Made by [`Objects::stream`].
///
/// It can be read on any runtime. It ends with the contents; where it is dropped before, the rest is read
/// past by the next request.
#[derive(Debug)]
pub struct ObjectContents<'a> {
    pub(super) objects: &'a mut Objects,
    id: ObjectId,
    kind: ObjectKind,
    size: u64,
}

impl<'a> ObjectContents<'a> {
    pub(super) fn new(objects: &'a mut Objects, id: ObjectId, kind: ObjectKind, size: u64) -> Self {
        Self { objects, id, kind, size }
    }

    /// Returns the object's id.
    pub fn id(&self) -> ObjectId {
        self.id
    }

    /// Returns its type.
    pub fn kind(&self) -> ObjectKind {
        self.kind
    }

    /// Returns how many bytes there are.
    pub fn size(&self) -> u64 {
        self.size
    }
}

/// The contents of an object, in parts, for a thread that blocks. Made by [`Objects::stream_sync`].
#[derive(Debug)]
pub struct WaitContents<'a>(pub(super) ObjectContents<'a>);

impl<'a> WaitContents<'a> {
    /// Returns the contents as an asynchronous reader, which knows the object's id, type and size.
    pub fn get_ref(&self) -> &ObjectContents<'a> {
        &self.0
    }
}

impl AsyncRead for ObjectContents<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let room = buffer.remaining();
        let take = |chunk: &[u8]| {
            let (taken, _) = chunk.split_at(chunk.len().min(room));
            buffer.put_slice(taken);
            taken.len()
        };
        self.objects.poll_contents(context, take).map_ok(|_| ()).map_err(io::Error::other)
    }
}

impl Objects {
    /// Returns some of what is left of the contents; nothing at their end.
    pub(super) async fn part(&mut self, room: usize) -> Result<Vec<u8>, ObjectsError> {
        let next = |context: &mut Context<'_>| {
            let mut part = Vec::new();
            let take = |chunk: &[u8]| {
                part.extend_from_slice(chunk.split_at(chunk.len().min(room)).0);
                part.len()
            };
            self.poll_contents(context, take).map_ok(|_| part)
        };
        std::future::poll_fn(next).await
    }
}
