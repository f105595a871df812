//! Cuprum with those who watch: none, each of the observers that come with it, and all of them.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cuprum::backend::Os;
use cuprum::event::{Delivery, Event, EventKind, LineInterest, Observer};
use cuprum::observe::{JsonLines, Log, Metrics, Spans, Timeline};
use cuprum::{Command, Cx, Program};
use metrics_exporter_prometheus::PrometheusBuilder;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt as _;

use super::cuprum::{Lines, Tiny, quiet};
use super::expect;
use super::still::Still;
use crate::at_once::current_thread;
use crate::laps::Laps;
use crate::{Children, Result};

/// Nobody watches.
pub(crate) const NONE: u8 = 0;
/// A function that does nothing, told where the run is, and on a thread of its own.
pub(crate) const INLINE: u8 = 1;
pub(crate) const QUEUED: u8 = 2;
/// The observers that come with Cuprum, each with the real thing behind it, which writes nowhere.
pub(crate) const LOG: u8 = 3;
pub(crate) const METRICS: u8 = 4;
pub(crate) const SPANS: u8 = 5;
pub(crate) const TIMELINE: u8 = 6;
pub(crate) const JSON: u8 = 7;
/// Log, metrics, spans and a timeline.
pub(crate) const ALL: u8 = 8;
/// A function that looks at each line.
pub(crate) const READ: u8 = 9;

/// Starts a program and waits for its end.
pub(crate) fn spawn<const BY: u8>(_: &Children, laps: &mut Laps) -> Result<()> {
    let cx = watched(BY)?;
    laps.each_on(&current_thread()?, async || Ok(cx.run(quiet(Tiny::new())).await?))
}

/// The same with a program as most are: it is linked when it starts.
pub(crate) fn spawn_linked<const BY: u8>(_: &Children, laps: &mut Laps) -> Result<()> {
    let cx = watched(BY)?;
    laps.each_on(&current_thread()?, async || Ok(cx.run(quiet(Linked::new())).await?))
}

/// The same without any process.
pub(crate) fn no_process<const BY: u8>(_: &Children, laps: &mut Laps) -> Result<()> {
    let cx = watched(BY)?.with_backend(Still(Os::new()));
    laps.each_on(&current_thread()?, async || Ok(cx.run(quiet(Tiny::new())).await?))
}

/// The program `true` of the system.
#[derive(Program)]
#[program(name = "true", search = ["/usr/bin", "/bin"])]
pub(super) struct TrueProgram;

#[derive(Command)]
#[command(program = TrueProgram, output = ())]
pub(super) struct Linked {}

/// Keeps the head and the tail of five million lines.
pub(crate) fn lines<const BY: u8>(_: &Children, laps: &mut Laps) -> Result<()> {
    let cx = watched(BY)?;
    laps.each_on(&current_thread()?, async || {
        let outcome = cx.output(Lines::new()).await?;
        expect(outcome.stdout().total(), 16 * Children::LINES as u64)
    })
}

fn watched(by: u8) -> Result<Cx> {
    let cx = Cx::new();
    Ok(match by {
        INLINE => cx.with_observer(Looking(LineInterest::Ignored, Arc::default())),
        QUEUED => cx.with_observer(|_: &Event| {}),
        LOG => cx.with_observer(log()?),
        METRICS => cx.with_observer(metrics()),
        SPANS => cx.with_observer(spans()),
        TIMELINE => cx.with_observer(Timeline::new()),
        JSON => cx.with_observer(JsonLines::new(io::sink())),
        ALL => {
            let spans = spans();
            let cx = cx.with_observer(log()?).with_observer(metrics()).with_observer(Timeline::new());
            cx.with_traceparent(spans.traceparent()).with_observer(spans)
        }
        READ => cx.with_observer(Looking(LineInterest::Read, Arc::default())),
        _ => cx,
    })
}

fn log() -> Result<Log> {
    subscribe()?;
    Ok(Log::new())
}

/// Formats the records of the program, which go nowhere.
pub(super) fn subscribe() -> Result<()> {
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(io::sink);
    let subscriber = tracing_subscriber::registry().with(LevelFilter::INFO).with(layer);
    Ok(tracing::subscriber::set_global_default(subscriber)?)
}

fn metrics() -> Metrics {
    Metrics::to(PrometheusBuilder::new().build_recorder())
}

fn spans() -> Spans {
    Spans::by(tracer())
}

/// Returns a tracer whose spans are thrown away when they have ended.
pub(super) fn tracer() -> SdkTracer {
    SdkTracerProvider::builder().build().tracer("bench")
}

/// Counts the letters of lines.
struct Looking(LineInterest, Arc<AtomicUsize>);

impl Observer for Looking {
    fn event(&self, event: &Event) {
        if let EventKind::Lines(lines) = event.kind() {
            let letters = lines.iter().map(|line| line.bytes.len()).sum();
            self.1.fetch_add(letters, Ordering::Relaxed);
        }
    }

    fn lines(&self) -> LineInterest {
        self.0
    }

    fn delivery(&self) -> Delivery {
        Delivery::Inline
    }
}
