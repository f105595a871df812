//! Cuprum, observed: by nobody, by one that counts, by a full set.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cuprum::backend::{Os, SpawnPath};
use cuprum::event::{Delivery, Event, EventKind, LineInterest, Observer, RunId};
use cuprum::stream::LineRef;
use cuprum::{Cx, Follow as _};

use super::cuprum::{Lines, Tiny, quiet};
use super::expect;
use crate::at_once::current_thread;
use crate::laps::Laps;
use crate::{Children, Result};

/// Counts runs, failures and lines, in the run, as metrics do.
#[derive(Default)]
struct Counts {
    runs: AtomicU64,
    failures: AtomicU64,
    lines: AtomicU64,
    nanoseconds: AtomicU64,
}

impl Observer for Counts {
    fn event(&self, event: &Event) {
        let add = |counter: &AtomicU64, count| {
            counter.fetch_add(count, Ordering::Relaxed);
        };
        match event.kind() {
            EventKind::Started(_) => add(&self.runs, 1),
            EventKind::Exited(exited) => {
                add(&self.failures, u64::from(exited.failed));
                add(&self.lines, exited.stdout.and_then(|printed| printed.lines).unwrap_or(0));
                add(&self.nanoseconds, u64::try_from(exited.duration.as_nanos()).unwrap_or(u64::MAX));
            }
            _ => {}
        }
    }

    fn lines(&self) -> LineInterest {
        LineInterest::Counted
    }

    fn delivery(&self) -> Delivery {
        Delivery::Inline
    }
}

/// The program and the process of a stage.
type Kept = (String, Vec<String>);

/// Keeps what is open, in the run, as spans do.
#[derive(Default)]
struct Open(Mutex<HashMap<(RunId, usize), Kept>>);

impl Observer for Open {
    fn event(&self, event: &Event) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (event.id(), event.stage());
        match event.kind() {
            EventKind::Started(started) => {
                let program = event.invocation().map_or("", |invocation| invocation.program());
                open.insert(key, (program.to_owned(), vec![started.pid.to_string()]));
            }
            kind if kind.is_end() => drop(open.remove(&key)),
            _ => {}
        }
    }

    fn delivery(&self) -> Delivery {
        Delivery::Inline
    }
}

/// Writes a line for each event, on a thread of its own, as a log does.
fn log() -> impl Observer {
    let text = Mutex::new(String::new());
    move |event: &Event| {
        use std::fmt::Write as _;
        let mut text = text.lock().unwrap_or_else(PoisonError::into_inner);
        text.clear();
        let line = event.invocation().map(|invocation| invocation.command_line()).unwrap_or_default();
        let _ = write!(text, "{} {} {line} {:?}", event.id(), event.kind().name(), event.elapsed());
    }
}

/// Looks at each line of each event, in the run.
struct Reads(Arc<AtomicUsize>);

impl Observer for Reads {
    fn event(&self, event: &Event) {
        if let EventKind::Lines(lines) = event.kind() {
            let long = lines.iter().filter(|line| line.bytes.len() == 15).count();
            self.0.fetch_add(long, Ordering::Relaxed);
        }
    }

    fn lines(&self) -> LineInterest {
        LineInterest::Read
    }

    fn delivery(&self) -> Delivery {
        Delivery::Inline
    }
}

fn context() -> Cx {
    Cx::new().with_backend(Os::new().with_spawn(SpawnPath::Clone))
}

fn full(cx: Cx) -> Cx {
    cx.with_observer(Counts::default()).with_observer(Open::default()).with_observer(log())
}

/// Starts a program and waits for its end; nobody looks.
pub(crate) fn spawn(_: &Children, laps: &mut Laps) -> Result<()> {
    spawn_under(&context(), laps)
}

/// The same, with one observer that counts.
pub(crate) fn spawn_counted(_: &Children, laps: &mut Laps) -> Result<()> {
    spawn_under(&context().with_observer(Counts::default()), laps)
}

/// The same, with counters, open spans, and a log.
pub(crate) fn spawn_full(_: &Children, laps: &mut Laps) -> Result<()> {
    let cx = full(context());
    spawn_under(&cx, laps)?;
    let complete = cx.flush_observers(Duration::from_secs(10)).iter().all(|observer| observer.is_complete());
    expect(complete, true)
}

/// The same, with a hook before and one after.
pub(crate) fn spawn_hooked(_: &Children, laps: &mut Laps) -> Result<()> {
    spawn_under(&context().with_before(|_| Ok(())).with_after(|_, _| ()), laps)
}

fn spawn_under(cx: &Cx, laps: &mut Laps) -> Result<()> {
    laps.each_on(&current_thread()?, async || Ok(cx.run(quiet(Tiny::new())).await?))
}

/// Looks at each line where it was read; nobody else does.
pub(crate) fn lines(_: &Children, laps: &mut Laps) -> Result<()> {
    lines_under(&context(), laps)
}

/// The same, with counters, open spans, and a log.
pub(crate) fn lines_full(_: &Children, laps: &mut Laps) -> Result<()> {
    lines_under(&full(context()), laps)
}

/// The same, with an observer that looks at each line, too.
pub(crate) fn lines_read(_: &Children, laps: &mut Laps) -> Result<()> {
    let seen = Arc::new(AtomicUsize::new(0));
    lines_under(&context().with_observer(Reads(Arc::clone(&seen))), laps)?;
    expect(seen.load(Ordering::Relaxed) % Children::LINES, 0)
}

fn lines_under(cx: &Cx, laps: &mut Laps) -> Result<()> {
    laps.each_on(&current_thread()?, async || {
        let seen = Arc::new(AtomicUsize::new(0));
        let (count, mut lines) = (Arc::clone(&seen), 0);
        let each = move |line: LineRef<'_>| {
            lines += usize::from(line.bytes.len() == 15);
            if lines == Children::LINES {
                count.store(lines, Ordering::Relaxed);
            }
        };
        cx.scope(async { Lines::new().for_each_line(each).await }).await?;
        expect(seen.load(Ordering::Relaxed), Children::LINES)
    })
}
