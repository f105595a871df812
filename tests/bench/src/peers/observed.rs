//! Cuprum, observed: by nobody, by metrics, by a full set.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cuprum::Cx;
use cuprum::backend::{Os, SpawnPath};
use cuprum::event::{Delivery, Event, EventKind, LineInterest, Observer};
use cuprum::observe::{JsonLines, Log, MemoryMetrics, Metrics};

use super::cuprum::{Tiny, in_place, quiet};
use super::expect;
use crate::at_once::current_thread;
use crate::laps::Laps;
use crate::{Children, Result};

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

/// Metrics in memory, which count lines, too; a log through `tracing`; and lines of JSON for each event, which are
/// written on a thread of their own.
fn full(cx: Cx) -> Cx {
    cx.with_observer(metrics()).with_observer(Log::new()).with_observer(JsonLines::new(std::io::sink()))
}

fn metrics() -> Metrics {
    Metrics::to(MemoryMetrics::new())
}

/// Starts a program and waits for its end; nobody looks.
pub(crate) fn spawn(_: &Children, laps: &mut Laps) -> Result<()> {
    spawn_under(&context(), laps)
}

/// The same, with metrics.
pub(crate) fn spawn_metrics(_: &Children, laps: &mut Laps) -> Result<()> {
    spawn_under(&context().with_observer(metrics()), laps)
}

/// The same, with a full set.
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

/// The same, with a full set.
pub(crate) fn lines_full(_: &Children, laps: &mut Laps) -> Result<()> {
    lines_under(&full(context()), laps)
}

/// The same, with metrics.
pub(crate) fn lines_metrics(_: &Children, laps: &mut Laps) -> Result<()> {
    lines_under(&context().with_observer(metrics()), laps)
}

/// The same, with an observer that looks at each line, too.
pub(crate) fn lines_read(_: &Children, laps: &mut Laps) -> Result<()> {
    let seen = Arc::new(AtomicUsize::new(0));
    lines_under(&context().with_observer(Reads(Arc::clone(&seen))), laps)?;
    expect(seen.load(Ordering::Relaxed) % Children::LINES, 0)
}

fn lines_under(cx: &Cx, laps: &mut Laps) -> Result<()> {
    laps.each_on(&current_thread()?, async || cx.scope(in_place()).await)
}
