//! Chooses one run: what the program does, under which limits, and how it is stopped.

use std::fmt::Debug;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use cuprum::backend::{Os, SpawnPath};
use cuprum::context::CaptureLimit;
use cuprum::prelude::*;
use cuprum::spec::{Budget, CancelToken, Leftovers, SafeCmd, Stdin};
use cuprum::{Cx, Error, ErrorKind, Follow, Run};

use super::MARK;
use super::random::Random;
use crate::{Probe, probe};

/// A run, and what is strange about how it ended.
type One = Pin<Box<dyn Future<Output = Option<String>> + Send>>;

pub(super) fn run(exe: &'static str, mark: &str, random: &mut Random) -> One {
    let path = if random.once_in(4) { SpawnPath::Std } else { SpawnPath::Auto };
    let mut cx = Cx::new().with_backend(Os::new().with_spawn(path)).with_env(MARK, mark);
    cx = cx.with_grace(random.pause());
    if random.once_in(3) {
        cx = cx.with_capture_limit(CaptureLimit { head: random.below(10_000), tail: random.below(10_000) });
    }
    if random.once_in(4) {
        cx = cx.with_idle_timeout(random.pause());
    }
    if random.once_in(4) {
        cx = cx.with_budget(Budget { output: Some(random.below(100_000) as u64), time: None });
    }
    let leftovers = match random.below(3) {
        0 => Leftovers::Wait,
        1 => Leftovers::Drain(random.pause()),
        _ => Leftovers::Kill,
    };
    let command = command(exe, random, leftovers);
    cx = cx.with_leftovers(leftovers);
    match random.once_in(4) {
        true => verb(command.pipe(stage(exe, random)), cx, random),
        false => verb(command, cx, random),
    }
}

fn command(exe: &'static str, random: &mut Random, leftovers: Leftovers) -> SafeCmd<Vec<u8>, Probe> {
    let size = random.below(200_000).to_string();
    let words: &[&str] = match random.below(11) {
        0 => &["exit", "0"],
        1 => &["out", "some text", "exit", "3"],
        2 => &["spam", "out", &size, "spam", "err", &size],
        3 => &["cat"],
        4 => &["take", "1000"],
        5 => &["abort"],
        6 => &["stay"],
        7 => &["block-term", "stay"],
        8 => &["fork", "spam", "out", &size, "stay"],
        // Whoever is left alone must end by itself.
        9 if !matches!(leftovers, Leftovers::Drain(_)) => &["out", "x", "leave", "block-term", "stay"],
        9 => &["out", "x", "leave", "spam", "err", &size],
        _ => &["fork", "fork", "block-term", "stay"],
    };
    probe(exe, words).stdin(Stdin::Bytes(vec![b'i'; random.below(200_000)]))
}

fn stage(exe: &'static str, random: &mut Random) -> SafeCmd<Vec<u8>, Probe> {
    let words: &[&str] = match random.below(4) {
        0 => &["exit", "0"],
        1 => &["take", "10"],
        2 => &["block-term", "cat"],
        _ => &["cat"],
    };
    probe(exe, words)
}

/// Chooses what is asked for and how it is stopped. What may never end has a timeout.
fn verb<R>(command: R, cx: Cx, random: &mut Random) -> One
where
    R: Run + Follow + Send + 'static,
    R::Output: Debug,
    R::Outcome: Debug,
{
    let (turns, limit) = (random.below(60), random.pause());
    let limited = cx.clone().with_timeout(limit);
    match random.below(9) {
        0 => in_scope(cx, async move { dropped(command.run(), turns).await }),
        1 => in_scope(limited, async move { dropped(command.output(), turns).await }),
        2 => {
            let token = CancelToken::new();
            let cx = cx.with_cancel(&token);
            let canceller = async move {
                some_turns(turns).await;
                token.cancel();
            };
            in_scope(cx, async move { tokio::join!(command.run(), canceller).0.map(drop) })
        }
        3 => in_scope(limited, async move { lines(command, turns).await }),
        4 => in_scope(limited, async move { lines(command, usize::MAX).await }),
        5 => {
            let waiting = tokio::task::spawn_blocking(move || limited.scope_sync(|| command.output().wait()));
            Box::pin(async move { strange(waiting.await.ok()?.map(drop)) })
        }
        6 => in_scope(limited, async move { held(command, turns, false).await }),
        7 => in_scope(limited, async move { held(command, turns, true).await }),
        _ => in_scope(limited, async move { command.run().await.map(drop) }),
    }
}

fn in_scope(cx: Cx, run: impl Future<Output = Result<(), Error>> + Send + 'static) -> One {
    Box::pin(async move { strange(cx.scope(run).await) })
}

/// Returns an error that no choice explains.
fn strange(result: Result<(), Error>) -> Option<String> {
    use ErrorKind::{Cancelled, Exit, IdleTimeout, Output, OutputLimit, Signal, Timeout};
    let error = result.err()?;
    let explained =
        matches!(error.kind(), Cancelled | Exit | IdleTimeout | Output | OutputLimit | Signal | Timeout);
    (!explained).then(|| format!("{error:?}"))
}

/// Polls the run so many times, and drops it.
async fn dropped<T>(
    mut run: impl Future<Output = Result<T, Error>> + Unpin,
    polls: usize,
) -> Result<(), Error> {
    for _ in 0..polls {
        if let Poll::Ready(result) = poll_fn(|context| Poll::Ready(Pin::new(&mut run).poll(context))).await {
            return result.map(drop);
        }
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// Gives up a start after so many polls, or drops the handle of what has started by then, after it was
/// cancelled or as it is.
async fn held(command: impl Follow, polls: usize, cancel: bool) -> Result<(), Error> {
    let mut start = command.spawn();
    for _ in 0..polls {
        match poll_fn(|context| Poll::Ready(Pin::new(&mut start).poll(context))).await {
            Poll::Ready(child) if cancel => {
                let child = child?;
                child.cancel();
                return child.await.map(drop);
            }
            Poll::Ready(child) => return child.map(drop),
            Poll::Pending => tokio::task::yield_now().await,
        }
    }
    Ok(())
}

/// Reads so many lines, and drops the rest.
async fn lines(command: impl Follow, wanted: usize) -> Result<(), Error> {
    let mut lines = command.lines();
    for _ in 0..wanted {
        match lines.next().await {
            Some(line) => drop(line?),
            None => break,
        }
    }
    Ok(())
}

async fn some_turns(turns: usize) {
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
}
