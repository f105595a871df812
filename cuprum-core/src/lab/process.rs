//! A scripted process: its output lies ready, and it has exited when it is asked.

use std::io;
use std::task::{Context, Poll};

use crate::backend::{Process, ReadPipe, Reaped, Signal, WritePipe};
use crate::outcome::ExitStatus;
use crate::spec::Stdin;

#[derive(Debug)]
pub(super) struct ScriptedProcess {
    pid: u32,
    status: ExitStatus,
}

impl ScriptedProcess {
    pub(super) fn new(pid: u32, status: ExitStatus) -> Self {
        Self { pid, status }
    }
}

impl Process for ScriptedProcess {
    fn pid(&self) -> u32 {
        self.pid
    }

    fn poll_exit(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn status(&self) -> io::Result<Option<ExitStatus>> {
        Ok(Some(self.status))
    }

    fn signal(&self, _: Signal) -> io::Result<()> {
        Ok(())
    }

    fn reap(&mut self) -> io::Result<Reaped> {
        Ok(Reaped::new(self.status))
    }

    fn leave_runtime(&mut self) {}
}

pub(super) fn reading(bytes: &[u8]) -> ReadPipe {
    Box::new(io::Cursor::new(bytes.to_vec()))
}

/// Takes an input and lets it go; the launch that the lab keeps has its bytes.
pub(super) fn writing(stdin: &Stdin) -> Option<WritePipe> {
    let is_fed = matches!(stdin, Stdin::Bytes(_) | Stdin::Piped | Stdin::Reader(_));
    is_fed.then(|| Box::new(tokio::io::sink()) as WritePipe)
}
