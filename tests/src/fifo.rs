//! A named pipe over which a process and its test wait for each other.

use std::fs::File;
use std::future::{Future, IntoFuture};
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::mpsc;
use std::time::Duration;

use tempfile::TempDir;

/// Nobody waits this long unless something is broken.
pub const GENEROUS: Duration = Duration::from_secs(60);

/// A named pipe in a folder of its own.
///
/// Its name is no other test's, so it also tells the processes of a test from all others.
#[derive(Debug)]
pub struct Fifo {
    _dir: TempDir,
    path: PathBuf,
}

impl Fifo {
    /// Makes the pipe.
    #[expect(clippy::new_without_default, reason = "a default that writes to the disk is a surprise")]
    pub fn new() -> Self {
        let made = || -> io::Result<Self> {
            let dir = tempfile::tempdir()?;
            let path = dir.path().join("fifo");
            rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0)?;
            Ok(Self { _dir: dir, path })
        };
        made().expect("a named pipe in the folder for temporary files")
    }

    /// Returns its path, as a word for a command line.
    pub fn name(&self) -> &str {
        self.path.to_str().expect("the folder for temporary files has a name in UTF-8")
    }

    /// Watches for a process that says that it is up, and then until no process has the pipe open any more.
    pub fn watch(&self) -> (Moment<()>, Moment<()>) {
        let (said, up) = mpsc::channel();
        let (left, gone) = mpsc::channel();
        let path = self.path.clone();
        std::thread::spawn(move || {
            let mut pipe = File::open(path)?;
            pipe.read_exact(&mut [0; 2])?;
            // Not every test wants to know.
            let _ = said.send(());
            // The end is there when no process has the pipe open for writing any more.
            pipe.read_to_end(&mut Vec::new())?;
            let _ = left.send(());
            io::Result::Ok(())
        });
        (Moment(up), Moment(gone))
    }

    /// Waits until a process reads the pipe; it goes on when what comes of this is dropped.
    pub fn release(&self) -> Moment<File> {
        let (sender, opened) = mpsc::channel();
        let path = self.path.clone();
        std::thread::spawn(move || {
            let _ = sender.send(File::options().write(true).open(path)?);
            io::Result::Ok(())
        });
        Moment(opened)
    }
}

/// Something that a process will do.
///
/// A test waits for it by `.await`, or by [`wait`](Self::wait) where there is no runtime. Either panics if it
/// has not come after a [`GENEROUS`] time.
#[derive(Debug)]
#[must_use = "nobody waits for it"]
pub struct Moment<T>(mpsc::Receiver<T>);

impl<T> Moment<T> {
    /// Blocks the thread until it has come.
    #[track_caller]
    pub fn wait(self) -> T {
        self.0.recv_timeout(GENEROUS).expect("it comes, sooner or later")
    }

    /// Returns whether it has come; afterwards nobody can wait for it.
    pub fn has_come(&self) -> bool {
        self.0.try_recv().is_ok()
    }
}

impl<T: Send + 'static> IntoFuture for Moment<T> {
    type Output = T;
    type IntoFuture = Pin<Box<dyn Future<Output = T> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        // A thread of the test's own: a runtime would wait for its blocking ones before it ends.
        let (sender, come) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || sender.send(self.wait()));
        Box::pin(async { come.await.expect("it comes, sooner or later") })
    }
}
