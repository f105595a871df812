//! What the measuring process is like while it measures: its memory, its open files, its cores.

use std::fs::File;
use std::hint::black_box;

use rustix::process::{Resource, Rlimit};
use rustix::thread::CpuSet;

use crate::Result;

/// Memory that stays free beside what a parent touches.
const SPARE_MIB: usize = 1024;

/// Descriptors that stay free beside what a parent opens.
const SPARE_FILES: usize = 64;

/// What the measuring process is like.
#[derive(Default)]
pub(crate) struct Parent {
    /// How much memory it has written to.
    pub(crate) touched_mib: usize,
    /// How many files it has open, or will have.
    pub(crate) open_files: usize,
    /// Whether these files are open from the start.
    pub(crate) opens_them: bool,
    /// Whether it stays on one core, with its children. Where they take turns, the time it takes to wake
    /// another core comes and goes between rounds, and hides what is measured.
    pub(crate) one_core: bool,
}

/// What a process holds to be like that.
pub(crate) struct Held {
    _memory: Vec<u8>,
    _files: Vec<File>,
}

impl Parent {
    /// Returns why this process cannot be like that.
    pub(crate) fn missing(&self) -> Option<&'static str> {
        if self.touched_mib > 0 && available_mib() < self.touched_mib + SPARE_MIB {
            return Some("there is too little memory");
        }
        if self.open_files > 0 && most_files() < self.open_files + SPARE_FILES {
            return Some("too few files may be open (ulimit -Hn)");
        }
        None
    }

    /// Makes this process like that.
    pub(crate) fn become_it(&self) -> Result<Held> {
        if self.one_core {
            stay_on_one_core()?;
        }
        if self.open_files > 0 {
            let limit = rustix::process::getrlimit(Resource::Nofile);
            let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
            rustix::process::setrlimit(Resource::Nofile, raised)?;
        }
        let null = File::open("/dev/null")?;
        let files = if self.opens_them { self.open_files } else { 0 };
        let files = (0..files).map(|_| null.try_clone()).collect::<std::io::Result<_>>()?;
        Ok(Held { _memory: touch(self.touched_mib), _files: files })
    }
}

/// Takes memory and writes to every page of it.
pub(crate) fn touch(mib: usize) -> Vec<u8> {
    let mut memory = vec![0; mib << 20];
    memory.iter_mut().step_by(4096).for_each(|byte| *byte = 1);
    black_box(memory)
}

/// Keeps this process, and those that it starts, on the last core that it may use.
fn stay_on_one_core() -> Result<()> {
    let allowed = rustix::thread::sched_getaffinity(None)?;
    let core = (0..CpuSet::MAX_CPU).rev().find(|core| allowed.is_set(*core)).ok_or("no core")?;
    let mut one = CpuSet::new();
    one.set(core);
    Ok(rustix::thread::sched_setaffinity(None, &one)?)
}

/// Returns how much memory can be taken without swapping; all there could be, if that is unknown.
fn available_mib() -> usize {
    let info = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = info.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok());
    kib.map_or(usize::MAX, |kib| kib >> 10)
}

/// Returns how many files this process and those it starts may open.
fn most_files() -> usize {
    let limit = rustix::process::getrlimit(Resource::Nofile).maximum;
    limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX))
}
