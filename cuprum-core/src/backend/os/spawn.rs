//! Starts a launch: its streams, then its process, by the own spawn or by std's.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::io::Errno;
use rustix::process::DumpableBehavior;

use super::clone::{self, Fault, Request};
use super::diagnose::diagnose;
use super::prepare::Image;
use super::process::OsProcess;
use super::streams::{self, ChildEnds};
use super::{SpawnPath, std_spawn};
use crate::backend::{Launch, StartError, StartErrorKind, Started, Step};

pub(super) fn spawn(launch: &Launch, path: SpawnPath) -> Result<Started, StartError> {
    let (child, parent) = streams::open(launch).map_err(|fault| not_open(launch, fault))?;
    let own = match path {
        SpawnPath::Std => None,
        SpawnPath::Auto if REFUSED.load(Ordering::Relaxed) => None,
        SpawnPath::Auto | SpawnPath::Clone => Some(own_spawn(launch, &child)?),
    };
    let process = match own {
        Some(Ok(process)) => process,
        Some(Err(fault)) if path == SpawnPath::Auto && is_refusal(fault) => {
            REFUSED.store(true, Ordering::Relaxed);
            std_spawn(launch, child)?
        }
        Some(Err(Fault { step, errno })) => return Err(diagnose(launch, Some(step), errno.into())),
        None => std_spawn(launch, child)?,
    };
    // From here on the process is ours to end: it is reaped when it is dropped.
    let streams::ParentEnds { stdin, stdout, stderr } = parent;
    Ok(Started { process: Box::new(process), stdin, stdout, stderr })
}

/// Opens the files of a launch's streams, and closes them.
pub(super) fn open_files(launch: &Launch) -> Result<(), StartError> {
    streams::open(launch).map(drop).map_err(|fault| not_open(launch, fault))
}

/// Whether the kernel, or a filter in front of it, has refused the own spawn. It will do so again.
static REFUSED: AtomicBool = AtomicBool::new(false);

/// Tells a kernel or filter that does not offer the call from a call that failed.
fn is_refusal(Fault { step, errno }: Fault) -> bool {
    step == Step::Process && matches!(errno, Errno::NOSYS | Errno::PERM | Errno::INVAL)
}

fn std_spawn(launch: &Launch, child: ChildEnds) -> Result<OsProcess, StartError> {
    let own_group = own_group(launch, &child);
    std_spawn::spawn(launch, child, own_group).map_err(|error| diagnose(launch, None, error))
}

/// The outer error is one of the parent, the inner one of the call or of the child.
fn own_spawn(launch: &Launch, child: &ChildEnds) -> Result<Result<OsProcess, Fault>, StartError> {
    let image = Image::new(launch).map_err(|error| diagnose(launch, Some(Step::Words), error))?;
    let ChildEnds([stdin, stdout, stderr]) = child;
    let streams = [stdin.fd(), stdout.fd(), stderr.fd()];
    let own_group = own_group(launch, child);
    let request = Request { image: &image, attributes: &launch.attributes, own_group, streams };
    let start = || clone::start(&request);
    let child = if launch.attributes.changes_ids() { keeping_dumpable(start) } else { start() };
    let child = match child {
        Ok(child) => child,
        Err(fault) => return Ok(Err(fault)),
    };
    let process = OsProcess::new(child.pid, child.pidfd, own_group);
    process.map(Ok).map_err(|error| diagnose(launch, Some(Step::Process), error))
}

/// Says whether the child leads a group of its own.
///
/// One that is to read what is typed at the parent's terminal stays in its parent's: only the group in the
/// foreground may, and any other is stopped when it tries (`SIGTTIN`, credentials(7)). A session has no
/// terminal.
fn own_group(launch: &Launch, child: &ChildEnds) -> bool {
    launch.attributes.session || !child.reads_terminal()
}

fn not_open(launch: &Launch, streams::Fault { path, source }: streams::Fault) -> StartError {
    match path {
        Some(path) => {
            StartError { kind: StartErrorKind::FileNotOpened, path, step: Some(Step::Streams), source }
        }
        None => diagnose(launch, Some(Step::Streams), source),
    }
}

/// Puts back what a change of ids in the child does to the parent, too.
///
/// A process whose ids change cannot be traced or dumped any more, and the kernel notes that in the memory,
/// which the child shares. While it does, that is right: nobody may reach into the parent by way of it.
fn keeping_dumpable<T>(start: impl FnOnce() -> T) -> T {
    // One at a time: another one would read what the first one is about to put back.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let before = rustix::process::dumpable_behavior();
    let result = start();
    if let Ok(DumpableBehavior::Dumpable) = before {
        let _ = rustix::process::set_dumpable_behavior(DumpableBehavior::Dumpable);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_call_that_is_not_offered_is_a_refusal() {
        let refused = |step, errno| is_refusal(Fault { step, errno });
        for errno in [Errno::NOSYS, Errno::PERM, Errno::INVAL] {
            assert!(refused(Step::Process, errno));
            assert!(!refused(Step::Uid, errno));
        }
        assert!(!refused(Step::Process, Errno::AGAIN));
        assert!(!refused(Step::Process, Errno::NOMEM));
    }
}
