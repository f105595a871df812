//! Many runs with random sizes, limits and cancel points, and a look at what they leave behind.

mod one;
mod random;

use std::fs;
use std::future::Future;
use std::path::Path;

use cuprum::prelude::*;
use nix::sys::wait::{Id, WaitPidFlag, waitid};

use self::random::Random;
use crate::{GENEROUS, probe};

/// How many runs are under way at once, at most.
const AT_ONCE: usize = 64;

/// The variable by which everything that a soak has started is recognised.
const MARK: &str = "CUPRUM_SOAK";

/// What is left when every run has ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Left {
    /// Processes that one of the runs started, directly or not.
    pub processes: usize,
    /// Open descriptors, beyond those of the start.
    pub descriptors: isize,
    /// Errors that no run should end with, whatever it was chosen to do.
    pub strange: Vec<String>,
    /// Runs that did not end in time.
    pub stuck: usize,
}

impl Left {
    /// Nothing is left.
    pub const NOTHING: Self = Self { processes: 0, descriptors: 0, strange: Vec::new(), stuck: 0 };
}

/// Makes `runs` runs of the test program at `exe`, chosen by `seed`, and returns what they leave behind.
///
/// The seed decides what the runs do; how they interleave is the machine's choice. Since the soak waits for
/// every child of this process, nothing else may have one.
pub async fn soak(exe: &'static str, runs: u64, seed: u64) -> Left {
    let mark = format!("{}-{seed}", std::process::id());
    // What stays open is opened first: the background runtime, `/dev/null`.
    let _ = probe(exe, ["exit", "0"]).run().wait();
    let before = descriptors();
    let mut left = Left::NOTHING;
    let mut random = Random(seed);
    let mut under_way = Vec::new();
    for _ in 0..runs {
        under_way.push(tokio::spawn(one::run(exe, &mark, &mut random)));
        let most = 1 + random.below(AT_ONCE);
        while under_way.len() >= most {
            left.note(under_way.swap_remove(random.below(under_way.len()))).await;
        }
    }
    for run in under_way {
        left.note(run).await;
    }
    // Dropped runs are torn down in the background, where each child that has ended is reaped.
    let no_child =
        || waitid(Id::All, WaitPidFlag::WEXITED | WaitPidFlag::WNOHANG | WaitPidFlag::WNOWAIT).is_err();
    let _ = until(no_child).await;
    // What a command leaves behind and lets live, ends by itself.
    let _ = until(|| processes(&mark) == 0).await;
    left.processes = processes(&mark);
    let _ = until(|| descriptors() <= before).await;
    left.descriptors = descriptors() - before;
    left
}

impl Left {
    async fn note(&mut self, run: impl Future<Output = Result<Option<String>, tokio::task::JoinError>>) {
        match tokio::time::timeout(GENEROUS, run).await {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(strange))) => self.strange.push(strange),
            Ok(Err(panicked)) => self.strange.push(panicked.to_string()),
            Err(_) => self.stuck += 1,
        }
    }
}

/// Waits until it is so, but not for ever.
async fn until(is_so: impl Fn() -> bool) -> Result<(), tokio::time::error::Elapsed> {
    let turns = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(GENEROUS, turns).await
}

fn descriptors() -> isize {
    fs::read_dir("/proc/self/fd").map_or(0, |entries| entries.count() as isize)
}

/// Counts the processes whose environment has the mark.
fn processes(mark: &str) -> usize {
    let wanted = format!("{MARK}={mark}");
    let marked = |process: &Path| {
        let environment = fs::read(process.join("environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|variable| variable == wanted.as_bytes())
    };
    let Ok(entries) = fs::read_dir("/proc") else { return 0 };
    entries.flatten().filter(|entry| marked(&entry.path())).count()
}
