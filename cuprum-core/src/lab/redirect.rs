//! Where the streams of a scripted process come from and go to.

use std::io;
use std::path::{Path, PathBuf};

use super::Lab;
use super::faults::Call;
use super::kernel::{Kernel, Streams};
use crate::backend::{Launch, Replacement, StartError, StartErrorKind, Step};
use crate::spec::{Stdin, Stdio};

/// Names of files that are to replace others begin with this, as those of real ones.
pub(super) const TEMPORARY: &str = ".cuprum-";

/// What a process begins with.
#[derive(Default)]
pub(super) struct Ends {
    /// The ends of the process, and those of the host.
    pub(super) own: Streams,
    pub(super) host: Streams,
    /// Temporary files, and what they are to replace.
    pub(super) replaced: Vec<(PathBuf, PathBuf)>,
}

/// Opens what a launch asks for, with the pipes of the other stages.
pub(super) fn streams(
    kernel: &mut Kernel,
    pid: u32,
    launch: &Launch,
    [input, output]: [Option<u64>; 2],
) -> Result<Ends, StartError> {
    let mut ends = Ends::default();
    let Ends { own, host, replaced } = &mut ends;
    own.stdin = match (input, &launch.stdin) {
        (Some(pipe), _) => {
            kernel.add_reader(pipe);
            Some(pipe)
        }
        // A file that the test has opened is nothing to a script.
        (None, Stdin::Null | Stdin::Inherit | Stdin::Open(_)) => None,
        (None, Stdin::File(path)) => Some(kernel.read_file(path).ok_or_else(|| missing(path))?),
        (None, Stdin::Bytes(_) | Stdin::SecretBytes(_) | Stdin::Reader(_) | Stdin::Piped) => {
            host.stdin = Some(kernel.open_pipe(Some(pid)));
            host.stdin
        }
    };
    own.stdout = match output {
        Some(pipe) => {
            kernel.add_writer(pipe);
            Some(pipe)
        }
        None => written(kernel, pid, &launch.stdout, &mut host.stdout, replaced),
    };
    own.stderr = written(kernel, pid, &launch.stderr, &mut host.stderr, replaced);
    match (&launch.stdout, &launch.stderr) {
        (_, Stdio::Merged) => own.stderr = shared(kernel, own.stdout),
        (Stdio::Merged, _) if output.is_none() => own.stdout = shared(kernel, own.stderr),
        _ => {}
    }
    Ok(ends)
}

/// Opens the files that a launch asks for, and closes them again.
pub(super) fn open_files(kernel: &mut Kernel, launch: &Launch) -> Result<(), StartError> {
    if let (None, Stdin::File(path)) = (&launch.input, &launch.stdin) {
        let pipe = kernel.read_file(path).ok_or_else(|| missing(path))?;
        kernel.close_reader(pipe);
    }
    for stdio in [&launch.stdout, &launch.stderr] {
        if let Stdio::File(path) | Stdio::Append(path) = stdio {
            let pipe = kernel.write_file(path, matches!(stdio, Stdio::Append(_)));
            kernel.close_writer(pipe);
        }
    }
    Ok(())
}

fn written(
    kernel: &mut Kernel,
    pid: u32,
    stdio: &Stdio,
    host: &mut Option<u64>,
    replaced: &mut Vec<(PathBuf, PathBuf)>,
) -> Option<u64> {
    match stdio {
        Stdio::Capture | Stdio::Piped => {
            *host = Some(kernel.open_pipe(Some(pid)));
            *host
        }
        Stdio::File(path) => Some(kernel.write_file(path, false)),
        Stdio::Append(path) => Some(kernel.write_file(path, true)),
        Stdio::Atomic(path) => {
            let temporary = path.with_file_name(format!("{TEMPORARY}{pid}-{}", replaced.len()));
            let pipe = kernel.write_file(&temporary, false);
            replaced.push((temporary, path.clone()));
            Some(pipe)
        }
        Stdio::Null | Stdio::Inherit | Stdio::Open(_) | Stdio::Merged => None,
    }
}

fn shared(kernel: &mut Kernel, pipe: Option<u64>) -> Option<u64> {
    pipe.into_iter().for_each(|pipe| kernel.add_writer(pipe));
    pipe
}

fn missing(path: &Path) -> StartError {
    let (kind, source) = (StartErrorKind::FileNotOpened, io::ErrorKind::NotFound.into());
    StartError { kind, path: path.to_owned(), step: Some(Step::Streams), source }
}

/// A file that is to replace another one.
#[derive(Debug)]
pub(super) struct LabReplacement {
    lab: Lab,
    temporary: PathBuf,
    target: PathBuf,
}

impl LabReplacement {
    pub(super) fn boxed(lab: Lab, (temporary, target): (PathBuf, PathBuf)) -> Box<dyn Replacement> {
        Box::new(Self { lab, temporary, target })
    }
}

impl Replacement for LabReplacement {
    fn target(&self) -> &Path {
        &self.target
    }

    fn commit(self: Box<Self>) -> io::Result<()> {
        let mut world = self.lab.world();
        world.io_fault(Call::Replace, 0)?;
        world.kernel.rename_file(&self.temporary, &self.target);
        Ok(())
    }
}

impl Drop for LabReplacement {
    fn drop(&mut self) {
        self.lab.world().kernel.remove_file(&self.temporary);
    }
}
