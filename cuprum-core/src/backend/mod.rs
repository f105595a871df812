//! The one seam to the world: files that can be executed, processes, signals, the clock.
//!
//! Users meet it as the [`Signal`]s that are sent, the [`Digest`]s that programs are pinned to, and [`Os`], which contexts
//! have by default. Whoever wraps a backend, to record or to forbid, implements [`Backend`]; for tests there is
//! [`lab`](crate::lab).

// In reading order: `Backend`, `launch`, `process`, `digest`, `edge` (what passes through the parent), and `Os`, the
// real one. The scripted one is `cuprum::lab`.

mod digest;
mod edge;
mod launch;
pub(crate) mod os;
mod process;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::{Duration, SystemTime};

pub use self::digest::{Digest, InvalidDigest};
pub use self::edge::{Edge, Observed, Passing};
pub use self::launch::{Launch, StartError, StartErrorKind, Step};
pub(crate) use self::os::{FileAccess, PerProcess, open_file};
pub use self::os::{Os, SpawnPath};
use crate::spec::Pump;

pub use self::process::{Joint, Process, ReadPipe, Reaped, Replacement, Signal, Started, WritePipe};

/// Work that nobody waits for.
pub type Detached = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The world as a run sees it.
///
/// Everything above this trait is the same for real processes and for scripted ones. Methods that
/// start, wait or sleep are called only where the backend [is at home](Self::is_home).
pub trait Backend: fmt::Debug + Send + Sync + 'static {
    /// Returns one variable of the parent's environment.
    fn var(&self, name: &OsStr) -> Option<OsString>;

    /// Returns the parent's environment.
    fn vars(&self) -> Vec<(OsString, OsString)>;

    /// Returns the parent's working directory.
    ///
    /// # Errors
    ///
    /// What the kernel says, for example when the directory has been removed.
    fn current_dir(&self) -> io::Result<PathBuf>;

    /// Returns what lies at `path`, links followed, where a program is expected.
    fn probe(&self, path: &Path) -> FileKind;

    /// Returns what lies at `path`, where a directory is expected.
    fn probe_dir(&self, path: &Path) -> FileKind {
        self.probe(path)
    }

    /// Returns the names of the files in a directory, for hints; none if they are not known.
    fn names(&self, dir: &Path) -> Vec<OsString> {
        let _ = dir;
        Vec::new()
    }

    /// Returns what is known of the program's version without running it.
    fn installed(&self, program: &Path) -> Installed;

    /// Returns a path with all links followed; as it is, if that cannot be told.
    fn real_path(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }

    /// Returns the digest of a file's content.
    ///
    /// # Errors
    ///
    /// What the kernel says; by default, that there are no digests.
    fn digest(&self, file: &Path) -> io::Result<Digest> {
        let _ = file;
        Err(io::Error::new(io::ErrorKind::Unsupported, "this backend takes no digests"))
    }

    /// Starts a process.
    ///
    /// # Errors
    ///
    /// A [`StartError`] that tells the causes of one error number apart.
    fn start(&self, launch: &Launch) -> Result<Started, StartError>;

    /// Opens the files of a launch's streams as starting it would, and closes them again.
    ///
    /// A shell does so for a command whose program is not there. By default there are no files.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start), for a file.
    fn open_files(&self, launch: &Launch) -> Result<(), StartError> {
        let _ = launch;
        Ok(())
    }

    /// Makes a pipe to join two stages with; returns the end that is read and the end that is written.
    ///
    /// # Errors
    ///
    /// What the kernel says, for example that no descriptor is left. By default, that there are no pipes.
    fn pipe(&self) -> io::Result<(Joint, Joint)> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "this backend joins no stages"))
    }

    /// Makes two pipes to join two stages with, between which the parent moves the bytes in this way.
    ///
    /// # Errors
    ///
    /// As [`pipe`](Self::pipe).
    fn edge(&self, passing: Passing) -> io::Result<Observed> {
        let _ = passing;
        Err(io::Error::new(io::ErrorKind::Unsupported, "this backend observes no stages"))
    }

    /// Returns whether all that flows between stages is to pass through the parent, also where nobody asked for it.
    fn observes_all(&self) -> bool {
        false
    }

    /// Returns what the variable [`Pump::VARIABLE`] says; a process asks once.
    fn pump(&self) -> Option<OsString> {
        self.var(Pump::VARIABLE.as_ref())
    }

    /// Starts a process like [`start`](Self::start), elsewhere where that would hold up this thread.
    ///
    /// By default it is started here, when the future is first polled. Dropping the future before its end
    /// leaves nothing behind.
    fn start_soon<'a>(&'a self, launch: &'a Launch) -> Starting<'a> {
        Box::pin(async { self.start(launch) })
    }

    /// Returns the time since a fixed point in the past; it never goes back.
    fn now(&self) -> Duration;

    /// Returns the time by the clock on the wall, for events; it may be set back.
    ///
    /// By default it began with [`now`](Self::now), at the epoch.
    fn wall_clock(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.now()
    }

    /// Returns a number that nobody else has got, as the id of a run.
    ///
    /// By default those are counted from a random number on.
    fn new_id(&self) -> u128 {
        os::new_id()
    }

    /// Waits.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;

    /// Returns whether a run can be polled on this thread; otherwise it takes place on Cuprum's background
    /// runtime.
    ///
    /// By default that is inside a Tokio runtime, whose I/O and time drivers must be enabled.
    fn is_home(&self) -> bool {
        tokio::runtime::Handle::try_current().is_ok()
    }

    /// Takes work that nobody waits for: the teardown of a run that was dropped.
    ///
    /// It gives the work back if it has no place for it, which is the default; then Cuprum's background
    /// runtime does it.
    fn detach(&self, work: Detached) -> Option<Detached> {
        Some(work)
    }
}

/// A process on its way. Made by [`Backend::start_soon`].
pub type Starting<'a> = Pin<Box<dyn Future<Output = Result<Started, StartError>> + Send + 'a>>;

/// What is known of a program's version without running it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Installed {
    /// Nothing: the program itself must be asked. Its answer holds as long as the file is the same.
    Ask(FileStamp),
    /// This is what it would print.
    Known(String),
    /// Every requirement is met.
    Any,
}

/// What changes when a file is replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileStamp {
    /// When it was last written.
    pub modified: Option<SystemTime>,
    /// How long it is, in bytes.
    pub length: u64,
}

/// What lies at a path, as far as starting a program there is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// Nothing, or nothing that this user can see.
    Absent,
    /// A directory.
    Directory,
    /// A file that this user may not execute.
    NotExecutable,
    /// A file that this user may execute.
    Executable,
}
