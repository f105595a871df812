//! The telemetry that `cuprum::observe` makes, written by hand around a run that nobody observes: what the libraries
//! cost by themselves.
//!
//! Records, spans and metrics have the same names and the same values. The start is told before it, and so without
//! the id of the process, which a caller knows at the end.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use cuprum::backend::Os;
use cuprum::{Cx, IntoSafe, Outcome};
use metrics::{counter, histogram};
use metrics_exporter_prometheus::PrometheusBuilder;
use opentelemetry::trace::{SpanBuilder, SpanKind, TraceContextExt as _, Tracer as _};
use opentelemetry::{Array, Context, KeyValue, StringValue, Value};
use opentelemetry_sdk::trace::SdkTracer;
use tracing::field::Empty;
use tracing::{Level, Span};

use super::cuprum::{Tiny, quiet};
use super::still::Still;
use super::telemetry::{ALL, LOG, Linked, METRICS, SPANS, TIMELINE, subscribe, tracer};
use crate::at_once::current_thread;
use crate::laps::Laps;
use crate::{Children, Result};

const PROJECT: &str = env!("CARGO_PKG_NAME");
const TAGS: &str = "project=cuprum-bench capture=false echo=false";

/// Starts a program and waits for its end.
pub(crate) fn spawn<const BY: u8>(children: &Children, laps: &mut Laps) -> Result<()> {
    let hand = Hand::new(BY, "tiny", children.path("tiny").display().to_string())?;
    let cx = Cx::new();
    laps.each_on(&current_thread()?, async || hand.run(&cx, quiet(Tiny::new())).await)
}

/// The same without any process.
pub(crate) fn no_process<const BY: u8>(children: &Children, laps: &mut Laps) -> Result<()> {
    let hand = Hand::new(BY, "tiny", children.path("tiny").display().to_string())?;
    let cx = Cx::new().with_backend(Still(Os::new()));
    laps.each_on(&current_thread()?, async || hand.run(&cx, quiet(Tiny::new())).await)
}

/// The same with a program as most are.
pub(crate) fn spawn_linked<const BY: u8>(_: &Children, laps: &mut Laps) -> Result<()> {
    let hand = Hand::new(BY, "true", "/usr/bin/true".to_owned())?;
    let cx = Cx::new();
    laps.each_on(&current_thread()?, async || hand.run(&cx, quiet(Linked::new())).await)
}

/// What is told, and the names that are always the same.
struct Hand {
    log: bool,
    metrics: bool,
    tracer: Option<SdkTracer>,
    timeline: Option<Mutex<Vec<Row>>>,
    /// Whether the child is given its trace.
    gives: bool,
    program: &'static str,
    path: String,
    runs: AtomicU64,
}

/// A row of a timeline.
struct Row {
    _run: u128,
    _words: Vec<String>,
    _begin: SystemTime,
    _duration: Duration,
    _outcome: (u32, Option<i32>),
}

impl Hand {
    fn new(by: u8, program: &'static str, path: String) -> Result<Self> {
        let is = |one: u8| by == one || by == ALL;
        if is(LOG) {
            subscribe()?;
        }
        if is(METRICS) {
            metrics::set_global_recorder(PrometheusBuilder::new().build_recorder())
                .map_err(|_| "there is a recorder")?;
        }
        Ok(Self {
            log: is(LOG),
            metrics: is(METRICS),
            tracer: is(SPANS).then(tracer),
            timeline: is(TIMELINE).then(Mutex::default),
            gives: by == ALL,
            program,
            path,
            runs: AtomicU64::new(0),
        })
    }

    async fn run(&self, cx: &Cx, command: impl IntoSafe) -> Result<()> {
        let run = u128::from(self.runs.fetch_add(1, Ordering::Relaxed));
        let begin = clock();
        let log = self.log.then(|| self.log_span(run));
        let span = self.tracer.as_ref().map(|tracer| self.span(tracer, run, begin));
        let command = match &span {
            Some(context) if self.gives => {
                let span = context.span();
                let span = span.span_context();
                command.env("TRACEPARENT", format!("00-{}-{}-01", span.trace_id(), span.span_id()))
            }
            _ => command.into_safe(),
        };
        if let Some(log) = &log {
            log.in_scope(|| self.log_start(run));
        }
        if self.metrics {
            counter!("cuprum_executions_total", "program" => self.program, "project" => PROJECT).increment(1);
            counter!("cuprum_failures_total", "program" => self.program, "project" => PROJECT).increment(0);
        }
        if let Some(span) = &span {
            span.span().add_event_with_timestamp("cuprum.started", clock(), Vec::new());
        }
        let outcome = cx.output(command).await?;
        if let Some(log) = log {
            log.in_scope(|| self.log_end(run, &outcome));
            log.record("process.pid", outcome.pid());
            log.record("process.exit.code", outcome.status().code());
        }
        if self.metrics {
            histogram!("cuprum_duration_seconds", "program" => self.program, "project" => PROJECT)
                .record(outcome.duration().as_secs_f64());
        }
        if let Some(span) = span {
            ended(&span, &outcome);
        }
        if let Some(timeline) = &self.timeline {
            timeline.lock().unwrap_or_else(PoisonError::into_inner).push(Row {
                _run: run,
                _words: vec![self.program.to_owned()],
                _begin: begin,
                _duration: outcome.duration(),
                _outcome: (outcome.pid(), outcome.status().code()),
            });
        }
        Ok(())
    }

    fn log_span(&self, run: u128) -> Span {
        tracing::info_span!(
            target: "cuprum::exec",
            "cuprum.exec",
            cuprum.run.id = display(format_args!("{run:032x}")),
            cuprum.project = PROJECT,
            process.executable.name = self.program,
            process.executable.path = &*self.path,
            process.command_args = debug([self.program]),
            process.pid = Empty,
            process.exit.code = Empty,
            "error.type" = Empty,
            otel.status_code = Empty,
        )
    }

    fn span(&self, tracer: &SdkTracer, run: u128, begin: SystemTime) -> Context {
        let words = Value::Array(Array::String(vec![StringValue::from(self.program)]));
        let builder = SpanBuilder::from_name(format!("cuprum.exec {}", self.program))
            .with_kind(SpanKind::Client)
            .with_start_time(begin)
            .with_attributes([
                KeyValue::new("process.executable.name", self.program),
                KeyValue::new("process.command_args", words),
                KeyValue::new("cuprum.run.id", format!("{run:032x}")),
                KeyValue::new("process.executable.path", self.path.clone()),
                KeyValue::new("cuprum.project", PROJECT),
            ]);
        let parent = Context::current();
        parent.with_span(tracer.build_with_context(builder, &parent))
    }

    fn log_start(&self, run: u128) {
        tracing::event!(
            target: "cuprum::exec",
            Level::INFO,
            cuprum.phase = "started",
            cuprum.run.id = display(format_args!("{run:032x}")),
            cuprum.project = PROJECT,
            cuprum.tags = TAGS,
            process.executable.name = self.program,
            process.command_args = debug([self.program]),
            "{} started", self.program
        );
    }

    fn log_end(&self, run: u128, outcome: &Outcome) {
        tracing::event!(
            target: "cuprum::exec",
            Level::INFO,
            cuprum.phase = "exited",
            cuprum.run.id = display(format_args!("{run:032x}")),
            cuprum.project = PROJECT,
            cuprum.tags = TAGS,
            process.executable.name = self.program,
            process.pid = outcome.pid(),
            process.exit.code = outcome.status().code(),
            cuprum.duration_s = outcome.duration().as_secs_f64(),
            "{} ended: {}", self.program, outcome.status()
        );
    }
}

fn ended(context: &Context, outcome: &Outcome) {
    let span = context.span();
    span.set_attribute(KeyValue::new("process.pid", i64::from(outcome.pid())));
    let mut known = Vec::new();
    if let Some(code) = outcome.status().code() {
        known.push(KeyValue::new("process.exit.code", i64::from(code)));
    }
    known.push(KeyValue::new("cuprum.duration_s", outcome.duration().as_secs_f64()));
    if let Some(cpu) = outcome.cpu() {
        known.push(KeyValue::new("cuprum.cpu.user_s", cpu.user.as_secs_f64()));
        known.push(KeyValue::new("cuprum.cpu.system_s", cpu.system.as_secs_f64()));
    }
    span.set_attributes(known);
    span.end_with_timestamp(clock());
}

#[expect(clippy::disallowed_methods, reason = "who writes it by hand reads the clock")]
fn clock() -> SystemTime {
    SystemTime::now()
}
