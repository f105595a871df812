//! A backend that starts no process: each has ended well at once. What is left is what Cuprum itself does, and what
//! observers do, in instructions that can be counted.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use cuprum::ExitStatus;
use cuprum::backend::{
    Backend, FileKind, Installed, Launch, Os, Process, Reaped, Signal, StartError, Started,
};
use cuprum::outcome::CpuTimes;

/// The operating system without processes.
#[derive(Debug)]
pub(crate) struct Still(pub(crate) Os);

impl Backend for Still {
    fn var(&self, name: &OsStr) -> Option<OsString> {
        self.0.var(name)
    }

    fn vars(&self) -> Vec<(OsString, OsString)> {
        self.0.vars()
    }

    fn current_dir(&self) -> io::Result<PathBuf> {
        self.0.current_dir()
    }

    fn probe(&self, path: &Path) -> FileKind {
        self.0.probe(path)
    }

    fn installed(&self, program: &Path) -> Installed {
        self.0.installed(program)
    }

    fn start(&self, _: &Launch) -> Result<Started, StartError> {
        let process = Box::new(Ended);
        Ok(Started { process, stdin: None, stdout: None, stderr: None, replacements: Vec::new() })
    }

    fn now(&self) -> Duration {
        self.0.now()
    }

    fn wall_clock(&self) -> SystemTime {
        self.0.wall_clock()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.0.sleep(duration)
    }
}

#[derive(Debug)]
struct Ended;

impl Process for Ended {
    fn pid(&self) -> u32 {
        4711
    }

    fn poll_exit(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn status(&self) -> io::Result<Option<ExitStatus>> {
        Ok(Some(ExitStatus::Code(0)))
    }

    fn signal(&self, _: Signal) -> io::Result<()> {
        Ok(())
    }

    fn reap(&mut self) -> io::Result<Reaped> {
        let cpu = CpuTimes { user: Duration::from_micros(120), system: Duration::from_micros(310) };
        Ok(Reaped::new(ExitStatus::Code(0)).with_cpu(cpu))
    }

    fn leave_runtime(&mut self) {}
}
