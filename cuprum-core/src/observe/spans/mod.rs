//! A span of OpenTelemetry for each command, each pipeline, and each thing that runs several.

mod attributes;
mod propagation;

use std::fmt;
use std::sync::Arc;

use opentelemetry::global::{BoxedTracer, ObjectSafeTracer};
use opentelemetry::trace::{SpanBuilder, SpanKind, Status, TraceContextExt as _, Tracer as _};
use opentelemetry::{Context, KeyValue};

pub use self::propagation::current_traceparent;
use super::facts::{Facts, Words};
use super::open::{Begins, Open};
use crate::event::{Delivery, Event, EventKind, LineInterest, Lines, Observer, RunId, Widened};
use crate::spec::{Invocation, TraceContext, escape_line};
use crate::stream::Source;

/// Makes a span of OpenTelemetry of each command: `cuprum.exec git`, from its plan to its end. Clones share them.
///
/// The spans of a pipeline's stages lie in one of the name `cuprum.pipeline`, and those of a batch, a graph, a race, a
/// retry or a nursery in `cuprum.batch` and so on. The outermost lies in the span that is current where the run is
/// made. Times are those of the events, so in the lab they are the lab's.
///
/// # Attributes
///
/// They follow OpenTelemetry's [conventions for callers of command line
/// programs](https://opentelemetry.io/docs/specs/semconv/cli/cli-spans/#client-caller-spans) (status: development):
/// `process.executable.name`, `process.executable.path`, `process.command_args` with the program first and each
/// secret as `***`, `process.working_directory`, `process.pid` when it has started, `process.exit.code` when it has
/// exited. The span's kind is `CLIENT`. What the conventions do not know begins with `cuprum.`: `cuprum.run.id`,
/// `cuprum.project`, `cuprum.pipeline_stage_index`, `cuprum.pipeline_stages`, `cuprum.tag.NAME`, `cuprum.signal`,
/// `cuprum.duration_s`, `cuprum.stdout.bytes`, `cuprum.stderr.bytes`, `cuprum.cpu.user_s`, `cuprum.cpu.system_s`.
///
/// The status is `Error`, with `error.type` and how it ended, for an exit code that the command does not accept, a
/// signal, a stop, a refusal, a program that could not be started. A good end leaves the status
/// [unset](https://opentelemetry.io/docs/specs/otel/trace/api/#set-status), as instrumentation is to do. `error.type`
/// is the [name](crate::ErrorKind::name) of a kind of error, `refused`, or `stage` where another stage had failed.
///
/// # Events of a span
///
/// `cuprum.queued`, `cuprum.started`, `cuprum.cancelled` with the `reason`, `cuprum.stdin_error` with the `operation`
/// and the `reason`, `cuprum.retried` of what retries; `cuprum.widened`, with `process.executable.name`, `by` and
/// `place`, of the span that is current where a context comes to permit a program; and with
/// [`with_output`](Self::with_output) `cuprum.stdout` and `cuprum.stderr` with the `line`.
///
/// # Trace context
///
/// The span of a command begins before its process does, so [`traceparent`](Self::traceparent) can give it to the
/// process in its environment: a program that traces itself then continues the trace below this span.
///
/// # Examples
///
/// ```
/// # use cuprum::{Command, Program};
/// # #[derive(Program)]
/// # struct Build;
/// # #[derive(Command)]
/// # #[command(program = Build)]
/// # struct Nightly {}
/// use cuprum::lab::{Lab, Script};
/// use cuprum::observe::Spans;
///
/// # let lab = Lab::new().on::<Nightly>(Script::new());
/// // By the provider that the program has set with `opentelemetry::global::set_tracer_provider`.
/// let spans = Spans::new();
/// let cx = lab.cx().with_traceparent(spans.traceparent()).with_observer(spans);
/// cx.run(Nightly::new()).wait()?;
/// # Ok::<(), cuprum::Error>(())
/// ```
#[doc(alias = "TracingHook")]
#[doc(alias = "otel")]
#[derive(Clone)]
pub struct Spans {
    shared: Arc<Shared>,
    output: bool,
}

struct Shared {
    tracer: BoxedTracer,
    open: Open<Context>,
}

impl Spans {
    /// Creates spans by the global tracer provider, as it is now.
    pub fn new() -> Self {
        Self::boxed(opentelemetry::global::tracer("cuprum"))
    }

    /// Creates spans by a tracer.
    pub fn by(tracer: impl ObjectSafeTracer + Send + Sync + 'static) -> Self {
        Self::boxed(BoxedTracer::new(Box::new(tracer)))
    }

    fn boxed(tracer: BoxedTracer) -> Self {
        Self { shared: Arc::new(Shared { tracer, open: Open::default() }), output: false }
    }

    /// Adds each line that a command prints to its span, as an event.
    ///
    /// Exporters keep few events of a span, 128 by default, so it is for commands that say little.
    #[must_use]
    pub fn with_output(self) -> Self {
        Self { output: true, ..self }
    }

    /// Returns what gives each command its own span as `TRACEPARENT`, and the trace state of that as `TRACESTATE`, for
    /// [`Cx::with_traceparent`](crate::Cx::with_traceparent).
    ///
    /// It knows the spans of this observer and of its clones, so one of them must observe the same context.
    pub fn traceparent(&self) -> impl Fn(RunId, &Invocation) -> Option<TraceContext> + Send + Sync + 'static {
        let shared = Arc::clone(&self.shared);
        move |run, invocation| {
            let own = shared.open.stage(run, invocation.stage())?;
            propagation::value(own.span().span_context())
        }
    }

    fn begin(&self, event: &Event) -> Context {
        let (own, old) = self.shared.open.begin(event, |begins, parent| self.make(event, begins, parent));
        if let Some(old) = old {
            old.span().set_status(Status::error("another one began with the same id"));
            old.span().end_with_timestamp(event.at());
        }
        own
    }

    fn make(&self, event: &Event, begins: Begins, parent: Option<&Context>) -> Context {
        let builder = match (begins, event.invocation()) {
            (Begins::Stage, Some(invocation)) => {
                SpanBuilder::from_name(["cuprum.exec ", invocation.program()].concat())
                    .with_kind(SpanKind::Client)
                    .with_attributes(attributes::of_command(event, invocation))
            }
            (_, Some(invocation)) => SpanBuilder::from_name("cuprum.pipeline")
                .with_kind(SpanKind::Internal)
                .with_attributes(attributes::of_pipeline(event, invocation)),
            (_, None) => SpanBuilder::from_name(attributes::group(event))
                .with_kind(SpanKind::Internal)
                .with_attributes(attributes::of_group(event)),
        };
        let builder = builder.with_start_time(event.at());
        let parent = parent.cloned().unwrap_or_else(Context::current);
        let span = self.shared.tracer.build_with_context(builder, &parent);
        parent.with_span(span)
    }

    fn end(&self, event: &Event) {
        let ended = self.shared.open.end(event);
        if let Some(own) = ended.own {
            let facts = Facts::of(event);
            let span = own.span();
            span.set_attributes(attributes::at_end(event, &facts));
            if facts.error.is_some() {
                span.set_status(Status::error(Words(event).to_string()));
            }
            span.end_with_timestamp(event.at());
        }
        if let Some((pipeline, failed)) = ended.pipeline {
            if failed {
                pipeline.span().set_status(Status::error("a stage failed"));
            }
            pipeline.span().end_with_timestamp(event.at());
        }
    }

    /// Adds an event to the span of what `event` is about.
    fn note(&self, event: &Event, name: &'static str, attributes: Vec<KeyValue>) {
        if let Some(own) = self.shared.open.get(event) {
            own.span().add_event_with_timestamp(name, event.at(), attributes);
        }
    }

    fn lines(&self, event: &Event, lines: &Lines) {
        let Some(own) = self.shared.open.get(event) else { return };
        let name = match lines.source() {
            Source::Stderr => "cuprum.stderr",
            Source::Stdout | Source::Merged => "cuprum.stdout",
        };
        let span = own.span();
        if span.is_recording() {
            for line in lines {
                let text = KeyValue::new("line", escape_line(line.bytes).into_owned());
                span.add_event_with_timestamp(name, event.at(), vec![text]);
            }
        }
    }
}

/// Adds an event to the span that is current where the context is changed.
fn widening(widened: &Widened) {
    Context::map_current(|current| {
        let program = KeyValue::new("process.executable.name", widened.program);
        let by = KeyValue::new("by", widened.by.to_string());
        let place = KeyValue::new("place", widened.place.to_string());
        current.span().add_event("cuprum.widened", vec![program, by, place]);
    });
}

impl Default for Spans {
    fn default() -> Self {
        Self::new()
    }
}

impl Observer for Spans {
    fn event(&self, event: &Event) {
        match event.kind() {
            EventKind::Planned | EventKind::Opened(_) => drop(self.begin(event)),
            EventKind::Queued => self.note(event, "cuprum.queued", Vec::new()),
            EventKind::Started(started) => {
                if let Some(own) = self.shared.open.get(event) {
                    let span = own.span();
                    span.set_attribute(KeyValue::new("process.pid", i64::from(started.pid)));
                    span.add_event_with_timestamp("cuprum.started", event.at(), Vec::new());
                }
            }
            EventKind::StdinFailed(fault) => {
                let operation = KeyValue::new("operation", fault.operation.name());
                let reason = KeyValue::new("reason", fault.reason.to_string());
                self.note(event, "cuprum.stdin_error", vec![operation, reason]);
            }
            EventKind::Cancelled(_) => {
                let reason = KeyValue::new("reason", Words(event).to_string());
                self.note(event, "cuprum.cancelled", vec![reason]);
            }
            EventKind::Retried(retried) => {
                let attempt = KeyValue::new("attempt", i64::from(retried.attempt));
                let reason = KeyValue::new("reason", retried.reason.to_string());
                self.note(event, "cuprum.retried", vec![attempt, reason]);
            }
            EventKind::Widened(widened) => widening(widened),
            EventKind::Lines(lines) if self.output => self.lines(event, lines),
            EventKind::Refused(_) => {
                // A program that is not permitted is not planned.
                if self.shared.open.get(event).is_none() {
                    self.begin(event);
                }
                self.end(event);
            }
            EventKind::NotStarted(_) | EventKind::Exited(_) | EventKind::Lost(_) | EventKind::Closed(_) => {
                self.end(event);
            }
            _ => {}
        }
    }

    fn lines(&self) -> LineInterest {
        if self.output { LineInterest::Read } else { LineInterest::Ignored }
    }

    fn delivery(&self) -> Delivery {
        Delivery::Inline
    }
}

impl fmt::Debug for Spans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spans").field("output", &self.output).finish_non_exhaustive()
    }
}
