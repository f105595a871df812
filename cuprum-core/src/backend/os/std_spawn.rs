//! The spawn through std, kept on its `posix_spawn` path.
//!
//! std forks when a `pre_exec` or an id is set, or when the program is a bare name while `PATH` is
//! changed. None of these happens here: the program is absolute, and the group is a spawn attribute.
//! So the cost does not depend on the parent's memory, and no C library falls back to a shell for a
//! file without a `#!` line.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use super::files::duplicate;
use super::process::OsProcess;
use super::streams::{ChildEnd, ChildEnds};
use crate::backend::Launch;

pub(super) fn spawn(
    launch: &Launch,
    ChildEnds([stdin, stdout, stderr]): ChildEnds,
    own_group: bool,
) -> io::Result<OsProcess> {
    if !launch.attributes.is_empty() {
        let why = "sessions, ids, limits, umask and niceness need the own spawn, which is not available here";
        return Err(io::Error::new(io::ErrorKind::Unsupported, why));
    }
    let mut command = Command::new(&launch.program);
    command.arg0(launch.arg0()).args(&launch.args);
    if own_group {
        command.process_group(0);
    }
    command.stdin(stdio(stdin)?).stdout(stdio(stdout)?).stderr(stdio(stderr)?);
    if let Some(dir) = &launch.dir {
        command.current_dir(dir);
    }
    if !launch.environment.inherits() {
        command.env_clear();
    }
    if launch.environment.is_selective() {
        let others = std::env::vars_os().filter(|(name, _)| !launch.environment.passes(name));
        others.for_each(|(name, _)| {
            command.env_remove(name);
        });
    }
    for (name, value) in launch.environment.changes() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    OsProcess::of(&command.spawn()?, own_group)
}

fn stdio(end: ChildEnd) -> io::Result<std::process::Stdio> {
    Ok(match end {
        ChildEnd::Pipe(fd) | ChildEnd::File(fd) => fd.into(),
        // The parent keeps its own: of the null device for good, of a pipe to another stage until that has started.
        ChildEnd::Inherit | ChildEnd::Null(_) | ChildEnd::Joint(_) => match end.fd() {
            Some(fd) => duplicate(&fd)?.into(),
            None => std::process::Stdio::inherit(),
        },
    })
}
