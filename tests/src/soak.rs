//! Many runs with random sizes, limits and cancel points, and a look at what they leave behind.

use std::fs;
use std::path::Path;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use cuprum::prelude::*;
use cuprum::spec::{CancelToken, SafeCmd, Stdin};
use nix::sys::wait::{Id, WaitPidFlag, waitid};

use crate::{Probe, probe};

/// How many runs are under way at once.
const AT_ONCE: usize = 32;

/// How often is looked whether the last descriptors are closed.
const PATIENCE: usize = 100_000;

/// The variable by which everything that a soak has started is recognised.
const MARK: &str = "CUPRUM_SOAK";

/// What is left when every run has ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Left {
    /// Processes that one of the runs started, directly or not.
    pub processes: usize,
    /// Open descriptors, beyond those of the start.
    pub descriptors: isize,
}

impl Left {
    /// Nothing is left.
    pub const NOTHING: Self = Self { processes: 0, descriptors: 0 };
}

/// Makes `runs` runs of the test program at `exe`, chosen by `seed`, and returns what they leave behind.
///
/// No other child may be running: the soak waits until there is none.
pub async fn soak(exe: &'static str, runs: u64, seed: u64) -> Left {
    let mark = format!("{}-{seed}", std::process::id());
    // What stays open is opened first: the background runtime, `/dev/null`.
    let _ = probe(exe, ["exit", "0"]).run().wait();
    let before = descriptors();
    let mut random = Random(seed);
    let mut under_way = Vec::new();
    for _ in 0..runs {
        let run = one(exe, &mark, &mut random);
        under_way.push(tokio::spawn(run));
        if under_way.len() == AT_ONCE {
            let _ = under_way.swap_remove(random.below(AT_ONCE)).await;
        }
    }
    for run in under_way {
        let _ = run.await;
    }
    // Dropped runs are torn down in the background, where each child that has ended is reaped.
    while waitid(Id::All, WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT).is_ok() {
        tokio::task::yield_now().await;
    }
    // A pipe is closed right after its child was reaped, on the background thread.
    for _ in 0..PATIENCE {
        if descriptors() <= before {
            break;
        }
        tokio::task::yield_now().await;
    }
    Left { processes: processes(&mark), descriptors: descriptors() - before }
}

/// Chooses one run: what the program does, and when it is stopped.
fn one(exe: &'static str, mark: &str, random: &mut Random) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    let size = random.below(200_000).to_string();
    let words: &[&str] = match random.below(8) {
        0 => &["exit", "0"],
        1 => &["out", "some text", "exit", "3"],
        2 => &["spam", "out", &size, "spam", "err", &size],
        3 => &["cat"],
        4 => &["stay"],
        5 => &["block-term", "stay"],
        6 => &["fork", "spam", "out", &size, "stay"],
        _ => &["fork", "fork", "block-term", "stay"],
    };
    let input = vec![b'i'; random.below(200_000)];
    let command = probe(exe, words).env(MARK, mark).stdin(Stdin::Bytes(input)).grace(pause(random));
    let polls = random.below(40);
    let limit = pause(random);
    match random.below(6) {
        0 => Box::pin(dropped(command, polls)),
        1 => Box::pin(cancelled(command, polls)),
        2 => Box::pin(held(command, polls, false)),
        3 => Box::pin(held(command, polls, true)),
        _ => Box::pin(async move { drop(command.timeout(limit).run().await) }),
    }
}

/// Drops the run after so many polls.
async fn dropped(command: SafeCmd<Vec<u8>, Probe>, polls: usize) {
    let mut run = command.run();
    for _ in 0..polls {
        let polled = std::future::poll_fn(|context| Poll::Ready(Pin::new(&mut run).poll(context))).await;
        if polled.is_ready() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// Gives up a start after so many polls, or drops the handle of what has started by then, after it was
/// cancelled or as it is.
async fn held(command: SafeCmd<Vec<u8>, Probe>, polls: usize, cancel: bool) {
    let mut start = command.spawn();
    for _ in 0..polls {
        let polled = std::future::poll_fn(|context| Poll::Ready(Pin::new(&mut start).poll(context))).await;
        match polled {
            Poll::Ready(Ok(child)) if cancel => {
                child.cancel();
                drop(child.await);
                return;
            }
            Poll::Ready(_) => return,
            Poll::Pending => tokio::task::yield_now().await,
        }
    }
}

/// Cancels the run after other tasks have had so many turns.
async fn cancelled(command: SafeCmd<Vec<u8>, Probe>, turns: usize) {
    let token = CancelToken::new();
    let run = tokio::spawn(command.cancelled_by(&token).run());
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
    token.cancel();
    let _ = run.await;
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

/// A linear congruential generator (Knuth's MMIX), so that a seed is all that is needed to repeat a soak.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// Up to 30 ms, and more than nothing.
fn pause(random: &mut Random) -> Duration {
    Duration::from_micros(1 + random.below(30_000) as u64)
}
