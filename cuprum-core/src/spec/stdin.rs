//! Where a command's standard input comes from.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::{OpenFile, Secret};

/// Where a command's standard input comes from.
///
/// Text and bytes become one by `into`, and so do a [`Secret`] and an open [`File`]. A path is the file that lies
/// there, and not its text. A command that stops reading before the end of its input is no failure: `head -n 1` is
/// right not to read on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stdin {
    /// Nothing: the first read sees the end of the input.
    #[default]
    Null,
    /// The parent's standard input.
    ///
    /// A command that is to read a terminal stays in its parent's process group, since only the group in
    /// the foreground may; stopping it then reaches the command itself, and not what it has started.
    Inherit,
    /// These bytes, then the end.
    Bytes(Vec<u8>),
    /// These bytes, which are a secret: neither they nor what the command prints of them is in any text.
    SecretBytes(Secret<Vec<u8>>),
    /// The file at this path, which is opened before the command is started. A relative path is taken from
    /// the parent's working directory, wherever the command runs.
    ///
    /// A named pipe is refused, because opening it would wait for its writer: open it, and give the file.
    File(PathBuf),
    /// This open file, from where its offset is.
    Open(OpenFile),
    /// What a reader gives; see [`reader`](Self::reader) and [`chunks`](Self::chunks).
    Reader(Input),
    /// Whoever takes it from the handle of a spawned command; nothing for the other verbs.
    Piped,
}

impl Stdin {
    /// Returns the file at `path` as an input. See [`Stdin::File`].
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::File(path.into())
    }

    /// Returns what `reader` gives as an input, for one run.
    ///
    /// It is read on the runtime of the run while the command takes the bytes, some 64 KiB ahead of it. When
    /// it fails, the command is stopped before it could take what came so far for the whole, and the run
    /// fails as [`ErrorKind::Input`](crate::ErrorKind::Input). What it would give after the command has ended is not read.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::Reader(Input(Arc::new(Mutex::new(Some(Box::pin(reader))))))
    }

    /// Returns the chunks of a stream as an input, for one run. It is as with [`reader`](Self::reader).
    pub fn chunks<B>(chunks: impl Stream<Item = io::Result<B>> + Send + 'static) -> Self
    where
        B: AsRef<[u8]> + Send + Unpin + 'static,
    {
        Self::reader(Chunks { chunks: Box::pin(chunks), chunk: None, read: 0 })
    }
}

impl Stdin {
    /// Returns the bytes that are given as a whole.
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::SecretBytes(secret) => Some(secret.expose()),
            _ => None,
        }
    }

    /// Returns the bytes if they are a secret.
    pub(crate) fn secret(&self) -> Option<&[u8]> {
        match self {
            Self::SecretBytes(secret) => Some(secret.expose()),
            _ => None,
        }
    }

    /// Returns what may be shown of it: not the bytes, which may be a secret.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Null => "nothing".into(),
            Self::Inherit => "inherited".into(),
            Self::Bytes(bytes) => format!("{} bytes", bytes.len()).into(),
            Self::SecretBytes(_) => "a secret".into(),
            Self::File(path) => path.to_string_lossy(),
            Self::Open(_) => "an open file".into(),
            Self::Reader(_) => "a reader".into(),
            Self::Piped => "a pipe".into(),
        }
    }
}

impl From<&str> for Stdin {
    fn from(text: &str) -> Self {
        Self::Bytes(text.into())
    }
}

impl From<String> for Stdin {
    fn from(text: String) -> Self {
        Self::Bytes(text.into())
    }
}

impl From<&String> for Stdin {
    fn from(text: &String) -> Self {
        Self::Bytes(text.as_str().into())
    }
}

/// The file at this path.
impl From<&Path> for Stdin {
    fn from(path: &Path) -> Self {
        Self::File(path.into())
    }
}

/// The file at this path.
impl From<PathBuf> for Stdin {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

/// The file at this path.
impl From<&PathBuf> for Stdin {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

impl From<&[u8]> for Stdin {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl<const N: usize> From<&[u8; N]> for Stdin {
    fn from(bytes: &[u8; N]) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl From<Vec<u8>> for Stdin {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<T: AsRef<[u8]>> From<Secret<T>> for Stdin {
    fn from(secret: Secret<T>) -> Self {
        Self::SecretBytes(Secret::new(secret.as_ref().to_vec()))
    }
}

impl From<File> for Stdin {
    fn from(file: File) -> Self {
        Self::Open(file.into())
    }
}

impl From<OwnedFd> for Stdin {
    fn from(fd: OwnedFd) -> Self {
        Self::Open(fd.into())
    }
}

/// A reader that one run takes its standard input from.
///
/// Clones are the same reader: the first run takes it away, also where its command cannot be started, and
/// another one is refused. Two are equal if they are clones.
#[derive(Clone)]
pub struct Input(Arc<Mutex<Option<Reader>>>);

type Reader = Pin<Box<dyn AsyncRead + Send>>;

impl Input {
    /// Takes the reader, unless another run has.
    pub(crate) fn take(&self) -> Option<Reader> {
        // A panic while it was held cannot have left half of a reader.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl PartialEq for Input {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Input {}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input").finish_non_exhaustive()
    }
}

/// The chunks of a stream, read one after the other.
struct Chunks<S, B> {
    chunks: Pin<Box<S>>,
    chunk: Option<B>,
    /// How much of the chunk was read.
    read: usize,
}

impl<S: Stream<Item = io::Result<B>>, B: AsRef<[u8]> + Unpin> AsyncRead for Chunks<S, B> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        loop {
            let left =
                this.chunk.as_ref().and_then(|chunk| chunk.as_ref().get(this.read..)).unwrap_or_default();
            if !left.is_empty() {
                let taken = left.len().min(buffer.remaining());
                buffer.put_slice(left.get(..taken).unwrap_or_default());
                this.read += taken;
                return Poll::Ready(Ok(()));
            }
            // An empty chunk is not the end.
            match ready!(this.chunks.as_mut().poll_next(context)) {
                Some(chunk) => (this.chunk, this.read) = (Some(chunk?), 0),
                None => return Poll::Ready(Ok(())),
            }
        }
    }
}
