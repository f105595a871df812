//! Real processes on Unix: the only place that starts, signals, waits, or reads the clock.
//!
//! In reading order: [`Os`], `spawn` (std's `posix_spawn` path), `process` (pidfd, group, zombie),
//! `diagnose` (which file an error number is about).

#![expect(clippy::disallowed_methods, reason = "this is the one place for processes, signals and the clock")]

mod diagnose;
mod process;
mod spawn;

use std::ffi::{OsStr, OsString};
use std::future::Future;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use rustix::fs::Access;

use super::{Backend, FileKind, FileStamp, Installed, Launch, StartError, Started};

/// The operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Os;

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

    fn installed(&self, program: &Path) -> Installed {
        let Ok(metadata) = std::fs::metadata(program) else { return Installed::Ask(FileStamp::default()) };
        Installed::Ask(FileStamp { modified: metadata.modified().ok(), length: metadata.len() })
    }

    fn start(&self, launch: &Launch) -> Result<Started, StartError> {
        spawn::spawn(launch).map_err(|error| diagnose::diagnose(launch, error))
    }

    fn now(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(duration))
    }
}
