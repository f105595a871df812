//! Real processes on Unix: the only place that starts, signals, waits, or reads the clock.
//!
//! In reading order: [`Os`], `spawn` (which of two ways), `pool` (on which thread), `files`, `pipes`,
//! `streams` (what they begin with) and `edge` (what passes through the parent), `table` (when they copy no
//! descriptors), `prepare`, `request` and
//! `clone` (the own spawn), `std_spawn` (std's `posix_spawn` path), `process` (pidfd, group, zombie), `group` (who is left of it),
//! `diagnose` (which file an error number is about), `digest` (of a program's file), `ids` (numbers that nobody
//! else has), `per_process` (what the child of a fork makes anew).

#![expect(clippy::disallowed_methods, reason = "this is the one place for processes, signals and the clock")]

#[cfg_attr(
    not(all(
        target_os = "linux",
        target_pointer_width = "64",
        any(target_arch = "x86_64", target_arch = "aarch64")
    )),
    path = "no_clone.rs"
)]
mod clone;
mod diagnose;
#[cfg(feature = "digest")]
mod digest;
mod edge;
mod files;
mod group;
mod ids;
mod per_process;
mod pipes;
mod pool;
mod prepare;
mod process;
mod replace;
mod request;
mod spawn;
mod std_spawn;
mod streams;
mod table;

pub(crate) use self::files::{Access as FileAccess, open_file};
pub(super) use self::ids::new_id;
pub(crate) use self::per_process::PerProcess;

use std::ffi::{OsStr, OsString};
use std::future::Future;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

use rustix::fs::Access;

use super::{
    Backend, FileKind, FileStamp, Installed, Joint, Launch, Observed, Passing, StartError, StartErrorKind,
    Started, Starting,
};
use crate::spec::Pump;

/// The operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Os {
    spawn: SpawnPath,
}

impl Os {
    /// Creates the backend.
    pub const fn new() -> Self {
        Self { spawn: SpawnPath::Auto }
    }

    /// Starts processes in this way and in no other. It is there to compare the ways.
    #[must_use]
    pub const fn with_spawn(mut self, path: SpawnPath) -> Self {
        self.spawn = path;
        self
    }
}

/// The ways to start a process.
///
/// They give the same child and the same errors, but only the own one sets
/// [`Attributes`](crate::spec::Attributes), says which [`Step`](super::Step) failed, closes descriptors that other
/// code left open to children, and empties the set of blocked signals, which std hands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SpawnPath {
    /// The own spawn where the kernel lets us, else std's.
    #[default]
    Auto,
    /// std's `posix_spawn`.
    Std,
    /// The own spawn by `clone3`: Linux 5.5 on x86-64 and arm64.
    Clone,
    /// The own spawn, always on one of the threads that otherwise take over when several processes are to be
    /// started at once. [`Backend::start`] cannot wait for them, and starts where it is called.
    Pool,
}

impl Backend for Os {
    fn var(&self, name: &OsStr) -> Option<OsString> {
        std::env::var_os(name)
    }

    fn vars(&self) -> Vec<(OsString, OsString)> {
        std::env::vars_os().collect()
    }

    fn current_dir(&self) -> io::Result<PathBuf> {
        std::env::current_dir()
    }

    fn probe(&self, path: &Path) -> FileKind {
        let Ok(metadata) = std::fs::metadata(path) else { return FileKind::Absent };
        match metadata.permissions().mode() & 0o111 {
            _ if metadata.is_dir() => FileKind::Directory,
            _ if !metadata.is_file() => FileKind::NotExecutable,
            // Where everybody may execute it, the kernel need not be asked about this user.
            0o111 => FileKind::Executable,
            _ if rustix::fs::access(path, Access::EXEC_OK).is_ok() => FileKind::Executable,
            _ => FileKind::NotExecutable,
        }
    }

    fn names(&self, dir: &Path) -> Vec<OsString> {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name()).collect()
    }

    fn installed(&self, program: &Path) -> Installed {
        let Ok(metadata) = std::fs::metadata(program) else { return Installed::Ask(FileStamp::default()) };
        Installed::Ask(FileStamp { modified: metadata.modified().ok(), length: metadata.len() })
    }

    fn real_path(&self, path: &Path) -> PathBuf {
        std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    }

    #[cfg(feature = "digest")]
    fn digest(&self, file: &Path) -> io::Result<super::Digest> {
        digest::of_file(file)
    }

    fn start(&self, launch: &Launch) -> Result<Started, StartError> {
        not_paused(launch)?;
        spawn::spawn(launch, self.spawn)
    }

    fn open_files(&self, launch: &Launch) -> Result<(), StartError> {
        spawn::open_files(launch)
    }

    fn start_soon<'a>(&'a self, launch: &'a Launch) -> Starting<'a> {
        Box::pin(async {
            not_paused(launch)?;
            spawn::spawn_soon(launch, self.spawn).await
        })
    }

    fn pipe(&self) -> io::Result<(Joint, Joint)> {
        let (reader, writer) = pipes::joint()?;
        Ok((Joint::new(reader), Joint::new(writer)))
    }

    fn edge(&self, passing: Passing) -> io::Result<Observed> {
        edge::edge(passing)
    }

    fn pump(&self) -> Option<OsString> {
        static ONCE: OnceLock<Option<OsString>> = OnceLock::new();
        ONCE.get_or_init(|| self.var(Pump::VARIABLE.as_ref())).clone()
    }

    fn now(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    fn wall_clock(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Why a paused clock is refused.
const PAUSED: &str = "the runtime's clock is paused (`start_paused`): while a real process is waited for, such a clock jumps to the next timer, so that every limit would be over at once; run the command in a `cuprum::Lab`, whose clock is virtual, or do not pause";

fn not_paused(launch: &Launch) -> Result<(), StartError> {
    if !clock_is_paused() {
        return Ok(());
    }
    let source = io::Error::other(PAUSED);
    let (kind, path) = (StartErrorKind::Other, launch.program.clone());
    Err(StartError { kind, path, step: None, source })
}

/// Returns whether the runtime's clock stands still, as `tokio::time::pause` makes it do in tests.
///
/// Tokio does not say; but where it runs, two looks at it with a tick of the real clock between them differ.
fn clock_is_paused() -> bool {
    let (before, real) = (tokio::time::Instant::now(), Instant::now());
    while Instant::now() == real {
        std::hint::spin_loop();
    }
    tokio::time::Instant::now() == before
}
