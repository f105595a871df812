//! The spawn through std, kept on its `posix_spawn` path.
//!
//! std forks when a `pre_exec` or an id is set, or when the program is a bare name while `PATH` is
//! changed. None of these happens here: the program is absolute, and the group is a spawn attribute.
//! So the cost does not depend on the parent's memory, and no C library falls back to a shell for a
//! file without a `#!` line.

use std::fs::OpenOptions;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::sync::OnceLock;

use super::process::OsProcess;
use crate::backend::{Launch, ReadPipe, Started, WritePipe};
use crate::spec::{Stdin, Stdio};

pub(super) fn spawn(launch: &Launch) -> io::Result<Started> {
    let mut command = Command::new(&launch.program);
    command.args(&launch.args).process_group(0);
    command.stdin(match launch.stdin {
        Stdin::Null => null()?,
        Stdin::Inherit => std::process::Stdio::inherit(),
        Stdin::Bytes(_) => std::process::Stdio::piped(),
    });
    command.stdout(output(launch.stdout)?).stderr(output(launch.stderr)?);
    if let Some(dir) = &launch.dir {
        command.current_dir(dir);
    }
    if !launch.environment.inherits() {
        command.env_clear();
    }
    for (name, value) in launch.environment.changes() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }

    let mut child = command.spawn()?;
    // From here on the process is ours to end: `OsProcess` reaps it if a later step fails.
    let process = OsProcess::of(&child)?;
    let stdin = child.stdin.take().map(tokio::process::ChildStdin::from_std).transpose()?;
    let stdout = child.stdout.take().map(tokio::process::ChildStdout::from_std).transpose()?;
    let stderr = child.stderr.take().map(tokio::process::ChildStderr::from_std).transpose()?;
    Ok(Started {
        process: Box::new(process),
        stdin: stdin.map(|pipe| Box::new(pipe) as WritePipe),
        stdout: stdout.map(|pipe| Box::new(pipe) as ReadPipe),
        stderr: stderr.map(|pipe| Box::new(pipe) as ReadPipe),
    })
}

fn output(stdio: Stdio) -> io::Result<std::process::Stdio> {
    Ok(match stdio {
        Stdio::Capture => std::process::Stdio::piped(),
        Stdio::Inherit => std::process::Stdio::inherit(),
        Stdio::Null => null()?,
    })
}

/// Returns a copy of the one `/dev/null` of this process; std would open it for each stream.
fn null() -> io::Result<std::process::Stdio> {
    static NULL: OnceLock<OwnedFd> = OnceLock::new();
    let null = match NULL.get() {
        Some(null) => null,
        None => {
            let opened = OpenOptions::new().read(true).write(true).open("/dev/null")?;
            NULL.get_or_init(|| opened.into())
        }
    };
    Ok(null.try_clone()?.into())
}
