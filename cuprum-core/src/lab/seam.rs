//! The lab as a backend.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::faults::Call;
use super::handles::{LabProcess, LabSleep};
use super::matching::{Entry, nearest, shown};
use super::pipes::{Host, JointEnd, LabEdge};
use super::ran::Ran;
use super::redirect::{Ends, LabReplacement};
use super::script::Script;
use super::world::BIN;
use super::{Lab, executor, redirect};
use crate::backend::{
    Backend, Detached, Digest, FileKind, Installed, Joint, Launch, Observed, Passing, ReadPipe, StartError,
    StartErrorKind, Started, Step, WritePipe,
};

impl Backend for Lab {
    fn var(&self, name: &OsStr) -> Option<OsString> {
        self.world().setup.vars.get(name).cloned()
    }

    fn vars(&self) -> Vec<(OsString, OsString)> {
        self.world().setup.vars.clone().into_iter().collect()
    }

    fn current_dir(&self) -> io::Result<PathBuf> {
        self.world().io_fault(Call::Directory, 0)?;
        Ok("/lab".into())
    }

    /// Every program is installed.
    fn probe(&self, _: &Path) -> FileKind {
        match self.world().fault(Call::Probe, 0) {
            Some(_) => FileKind::Absent,
            None => FileKind::Executable,
        }
    }

    /// Every directory is there.
    fn probe_dir(&self, _: &Path) -> FileKind {
        match self.world().fault(Call::Probe, 0) {
            Some(_) => FileKind::Absent,
            None => FileKind::Directory,
        }
    }

    fn installed(&self, program: &Path) -> Installed {
        let name = program.file_name().and_then(OsStr::to_str).unwrap_or_default();
        self.world().setup.versions.get(name).cloned().map_or(Installed::Any, Installed::Known)
    }

    fn digest(&self, file: &Path) -> io::Result<Digest> {
        // The file of that name that the lab itself has; not one of another directory.
        let name = file.strip_prefix(BIN).ok().and_then(Path::to_str).unwrap_or_default();
        let digest = self.world().setup.digests.get(name).copied();
        digest.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "the lab knows no digest of it"))
    }

    fn start(&self, launch: &Launch) -> Result<Started, StartError> {
        let joints =
            [self.joined(launch, launch.input.as_ref())?, self.joined(launch, launch.output.as_ref())?];
        let (script, before) = self.script(launch)?;
        let mut world = self.world();
        world.activity += 1;
        let refusal = match script.refusals.get(before) {
            // A script that only refuses refuses for ever.
            None if script.steps.is_empty() && script.end.is_none() => script.refusals.last(),
            refusal => refusal,
        };
        if let Some(errno) = refusal.copied().or_else(|| world.fault(Call::Start, 0)) {
            return Err(refused(launch, errno));
        }
        world.kernel.limit = world.setup.limit;
        let pid = world.kernel.new_pid();
        if let ([Some(input), _], true) = (joints, script.swallows) {
            world.kernel.swallow(input);
        }
        let Ends { own, host, replaced } = redirect::streams(&mut world.kernel, pid, launch, joints)?;
        // A command that reads what the parent reads stays in the parent's group only at a terminal, and the
        // lab has none; so each one leads a group.
        world.kernel.start(pid, script, own);
        let started = world.kernel.now;
        world.ran.push(Ran {
            // The record must not keep pipes open.
            launch: Launch { input: None, output: None, ..launch.clone() },
            pid,
            started,
            ended: None,
            status: None,
            input: Vec::new(),
            signals: Vec::new(),
        });
        drop(world);
        let end = |pipe| Host::new(self.clone(), pid, pipe);
        Ok(Started {
            process: Box::new(LabProcess::new(self.clone(), pid)),
            stdin: host.stdin.map(|pipe| Box::new(end(pipe).writing()) as WritePipe),
            stdout: host.stdout.map(|pipe| Box::new(end(pipe).reading()) as ReadPipe),
            stderr: host.stderr.map(|pipe| Box::new(end(pipe).reading()) as ReadPipe),
            replacements: replaced
                .into_iter()
                .map(|paths| LabReplacement::boxed(self.clone(), paths))
                .collect(),
        })
    }

    fn open_files(&self, launch: &Launch) -> Result<(), StartError> {
        redirect::open_files(&mut self.world().kernel, launch)
    }

    fn pipe(&self) -> io::Result<(Joint, Joint)> {
        let mut world = self.world();
        world.io_fault(Call::Pipe, 0)?;
        let pipe = world.kernel.open_pipe(None);
        drop(world);
        let end = |reading| Joint::new(JointEnd::new(self.clone(), pipe, reading));
        Ok((end(true), end(false)))
    }

    fn edge(&self, _: Passing) -> io::Result<Observed> {
        let mut world = self.world();
        world.io_fault(Call::Pipe, 0)?;
        let (from, to) = (world.kernel.open_pipe(None), world.kernel.open_pipe(None));
        drop(world);
        let end = |pipe, reading| Joint::new(JointEnd::new(self.clone(), pipe, reading));
        let edge = Box::new(LabEdge::new(self.clone(), from, to));
        Ok(Observed { writer: end(from, false), reader: end(to, true), edge })
    }

    fn now(&self) -> Duration {
        self.world().kernel.now
    }

    /// They are counted from 1.
    fn new_id(&self) -> u128 {
        let mut world = self.world();
        world.ids += 1;
        world.ids
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let mut world = self.world();
        let late = world.fault(Call::Sleep, 0).map_or(Duration::ZERO, |_| Duration::from_secs(60));
        let until = world.kernel.now.saturating_add(duration).saturating_add(late);
        drop(world);
        Box::pin(LabSleep::new(self.clone(), until))
    }

    /// The lab's own executor, and every Tokio runtime.
    fn is_home(&self) -> bool {
        executor::is_running(self) || tokio::runtime::Handle::try_current().is_ok()
    }

    fn detach(&self, work: Detached) -> Option<Detached> {
        if executor::is_running(self) {
            self.world().detached.push(work);
            return None;
        }
        match tokio::runtime::Handle::try_current() {
            // Where the run was is where the time of its teardown passes.
            Ok(handle) => {
                handle.spawn(work);
                None
            }
            Err(_) => Some(work),
        }
    }
}

#[cfg(feature = "cassette")]
impl Lab {
    /// Returns whether a script answers a launch.
    pub(super) fn answers(&self, launch: &Launch) -> bool {
        let (entries, answered) = self.entries();
        entries.iter().zip(answered).any(|(entry, answered)| entry.script(launch, answered).is_some())
    }

    /// Returns whether there is a script for a command of the program of this name.
    pub(super) fn is_recorded(&self, program: &OsStr) -> bool {
        let first = |entry: &Arc<Entry>| entry.about.words()?.first().cloned();
        self.world().setup.entries.iter().any(|entry| first(entry).is_some_and(|name| name == program))
    }
}

impl Lab {
    /// Returns the entries, and how often each has answered.
    fn entries(&self) -> (Arc<[Arc<Entry>]>, Vec<usize>) {
        let mut world = self.world();
        let entries = Arc::clone(&world.setup.entries);
        world.answered.resize(entries.len(), 0);
        (entries, world.answered.clone())
    }

    /// Returns the pipe of an end that joins two stages.
    fn joined(&self, launch: &Launch, joint: Option<&Joint>) -> Result<Option<u64>, StartError> {
        let Some(joint) = joint else { return Ok(None) };
        match joint.get::<JointEnd>().and_then(|end| end.pipe_in(self)) {
            Some(pipe) => Ok(Some(pipe)),
            None => {
                let source =
                    io::Error::new(io::ErrorKind::InvalidInput, "the pipe is one of another backend");
                let (kind, path) = (StartErrorKind::Other, launch.program.clone());
                Err(StartError { kind, path, step: Some(Step::Streams), source })
            }
        }
    }

    /// Returns the script for a launch, and how many starts it has answered before.
    ///
    /// The world is not locked while closures of others are called.
    fn script(&self, launch: &Launch) -> Result<(Script, usize), StartError> {
        loop {
            let (entries, answered) = self.entries();
            let mut found = entries.iter().zip(&answered).enumerate();
            let found =
                found.find_map(|(at, (entry, answered))| Some((at, entry.script(launch, *answered)?)));
            let Some((at, found)) = found else {
                let nearest = nearest(&entries, launch);
                self.world().unscripted.push(format!("`{}`: {nearest}", shown(launch)));
                let source = io::Error::new(io::ErrorKind::NotFound, nearest);
                let path = launch.program.clone();
                return Err(StartError { kind: StartErrorKind::Unscripted, path, step: None, source });
            };
            let mut world = self.world();
            // Another thread may have had the same answer meanwhile.
            if let Some(count) = world.answered.get_mut(at).filter(|count| answered.get(at) == Some(count)) {
                *count += 1;
                return Ok(found);
            }
        }
    }
}

/// Returns the error that a real start with this number gives.
fn refused(launch: &Launch, errno: i32) -> StartError {
    const ENOENT: i32 = 2;
    const E2BIG: i32 = 7;
    const ENOEXEC: i32 = 8;
    const EAGAIN: i32 = 11;
    const EACCES: i32 = 13;
    const ETXTBSY: i32 = 26;
    let kind = match errno {
        ENOENT => StartErrorKind::ProgramNotFound,
        EACCES => StartErrorKind::NotExecutable,
        E2BIG => StartErrorKind::ArgumentsTooLong,
        ENOEXEC => StartErrorKind::UnknownFormat,
        EAGAIN | ETXTBSY => StartErrorKind::Busy,
        _ => StartErrorKind::Other,
    };
    let source = io::Error::from_raw_os_error(errno);
    StartError { kind, path: launch.program.clone(), step: None, source }
}
