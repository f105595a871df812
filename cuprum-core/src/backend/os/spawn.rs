//! Starts a launch: its streams, then its process, by the own spawn or by std's.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::io::Errno;
use rustix::process::DumpableBehavior;

use super::clone;
use super::diagnose::diagnose;
use super::pipes::End;
use super::prepare::Image;
use super::process::OsProcess;
use super::request::{Child, Fault, Request, Source};
use super::streams::{self, ChildEnds};
use super::{SpawnPath, pool, std_spawn, table};
use crate::backend::{Launch, StartError, StartErrorKind, Started, Step};
use crate::spec::Attributes;

/// Starts a launch on this thread.
pub(super) fn spawn(launch: &Launch, path: SpawnPath) -> Result<Started, StartError> {
    let (child, parent) = streams::open(launch).map_err(|fault| not_open(launch, fault))?;
    let process = if is_own(path) {
        let started = Order::new(launch, child)?.carry_out();
        settle(launch, path, started)?
    } else {
        std_spawn(launch, child)?
    };
    Ok(joined(launch, process, parent))
}

/// Starts a launch on this thread, or on another one if several are to be started.
pub(super) async fn spawn_soon(launch: &Launch, path: SpawnPath) -> Result<Started, StartError> {
    let (child, parent) = streams::open(launch).map_err(|fault| not_open(launch, fault))?;
    let process = if is_own(path) {
        let started = pool::start(Order::new(launch, child)?, path == SpawnPath::Pool).await;
        settle(launch, path, started)?
    } else {
        std_spawn(launch, child)?
    };
    Ok(joined(launch, process, parent))
}

fn is_own(path: SpawnPath) -> bool {
    match path {
        SpawnPath::Std => false,
        SpawnPath::Auto => !REFUSED.load(Ordering::Relaxed),
        SpawnPath::Clone | SpawnPath::Pool => true,
    }
}

/// Makes of an order's end the process or the error, by std's way where the own one is not to be had.
fn settle(launch: &Launch, path: SpawnPath, started: pool::Started) -> Result<OsProcess, StartError> {
    match started {
        Ok(process) => process.map_err(|error| diagnose(launch, Some(Step::Process), error)),
        Err((fault, child)) if path == SpawnPath::Auto && is_refusal(fault) => {
            REFUSED.store(true, Ordering::Relaxed);
            std_spawn(launch, child)
        }
        Err((Fault { step, errno }, _)) => Err(diagnose(launch, Some(step), errno.into())),
    }
}

/// From here on the process is ours to end: it is reaped when it is dropped.
fn joined(launch: &Launch, mut process: OsProcess, parent: streams::ParentEnds) -> Started {
    let ends = [&launch.input, &launch.output].map(|joint| joint.as_ref()?.get::<End>());
    process.hold(ends.map(|end| end?.share()));
    let streams::ParentEnds { stdin, stdout, stderr, replacements } = parent;
    Started { process: Box::new(process), stdin, stdout, stderr, replacements }
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

/// Everything that the own spawn needs, which any thread can carry out.
pub(super) struct Order {
    image: Image,
    attributes: Attributes,
    own_group: bool,
    child: ChildEnds,
}

impl Order {
    fn new(launch: &Launch, child: ChildEnds) -> Result<Self, StartError> {
        let image = Image::new(launch).map_err(|error| diagnose(launch, Some(Step::Words), error))?;
        let own_group = own_group(launch, &child);
        Ok(Self { image, attributes: launch.attributes.clone(), own_group, child })
    }

    /// Starts the process. The child's ends are closed here, unless it could not be started.
    pub(super) fn carry_out(self) -> pool::Started {
        let Self { image, attributes, own_group, child } = self;
        let started = {
            let rows = image.rows();
            let start = |streams: [Source<'_>; 3], own_table| {
                let request =
                    Request { image: &rows, attributes: &attributes, own_group, own_table, streams };
                if attributes.changes_ids() {
                    keeping_dumpable(|| clone::start(&request))
                } else {
                    clone::start(&request)
                }
            };
            let paths = table::own(&child);
            match paths.as_ref().map(|paths| start(paths.streams(), true)) {
                Some(Err(fault)) if table::is_refusal(fault) => start(child.sources(), false),
                Some(started) => started,
                None => start(child.sources(), false),
            }
        };
        match started {
            Ok(Child { pid, pidfd }) => {
                table::note(&pidfd);
                Ok(OsProcess::new(pid, pidfd, own_group))
            }
            Err(fault) => Err((fault, child)),
        }
    }
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
    use std::io::Read as _;
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;

    use super::*;
    use crate::spec::{Environment, Secrets, Stdin, Stdio};

    #[test]
    fn a_stream_that_a_child_cannot_open_by_its_name_is_copied_to_it() {
        use super::streams::ChildEnd;

        let launch = Launch {
            program: "/bin/echo".into(),
            by_name: false,
            args: vec!["x".into()],
            environment: Environment::new(),
            dir: None,
            stdin: Stdin::Inherit,
            input: None,
            output: None,
            stdout: Stdio::Inherit,
            stderr: Stdio::Inherit,
            attributes: Attributes::default(),
            command: None,
            secrets: Secrets::default(),
        };
        let (mut ours, theirs) = UnixStream::pair().unwrap();
        // A number as if many were open.
        let theirs = rustix::io::fcntl_dupfd_cloexec(OwnedFd::from(theirs), 300).unwrap();
        let child = ChildEnds([ChildEnd::Inherit, ChildEnd::Pipe(theirs), ChildEnd::Inherit]);
        assert!(table::own(&child).is_some());
        let process = Order::new(&launch, child).unwrap().carry_out();
        let mut text = String::new();
        ours.read_to_string(&mut text).unwrap();
        assert_eq!(text, "x\n");
        drop(process);
    }

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
