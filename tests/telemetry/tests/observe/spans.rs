//! Spans of OpenTelemetry, as its own exporter in memory gets them.

use std::collections::BTreeMap;
use std::time::Duration;

use cuprum::lab::{Lab, Script};
use cuprum::observe::{Spans, current_traceparent};
use cuprum::prelude::*;
use opentelemetry::Context;
use opentelemetry::trace::{
    SpanContext, SpanId, SpanKind, Status, TraceContextExt as _, TraceFlags, TraceId, TraceState,
    Tracer as _, TracerProvider as _,
};
use opentelemetry_sdk::trace::{
    InMemorySpanExporter, InMemorySpanExporterBuilder, SdkTracerProvider, SpanData,
};

use crate::scene::{Git, Head, Make};

struct Exported {
    exporter: InMemorySpanExporter,
    provider: SdkTracerProvider,
}

impl Exported {
    fn new() -> Self {
        let exporter = InMemorySpanExporterBuilder::new().build();
        let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
        Self { exporter, provider }
    }

    fn spans(&self) -> Spans {
        Spans::by(self.provider.tracer("test"))
    }

    /// Returns the spans that have ended, in that order.
    fn ended(&self) -> Vec<SpanData> {
        self.exporter.get_finished_spans().unwrap()
    }

    #[track_caller]
    fn one(&self, name: &str) -> SpanData {
        let mut found: Vec<_> = self.ended().into_iter().filter(|span| span.name == name).collect();
        assert_eq!(found.len(), 1, "{name} in {:?}", self.ended());
        found.remove(0)
    }
}

fn attributes(span: &SpanData) -> BTreeMap<&str, String> {
    span.attributes.iter().map(|pair| (pair.key.as_str(), pair.value.to_string())).collect()
}

fn events(span: &SpanData) -> Vec<(String, Vec<String>)> {
    let text = |event: &opentelemetry::trace::Event| {
        let values = event.attributes.iter().map(|pair| format!("{}={}", pair.key, pair.value)).collect();
        (event.name.to_string(), values)
    };
    span.events.iter().map(text).collect()
}

fn names(span: &SpanData) -> Vec<String> {
    events(span).into_iter().map(|(name, _)| name).collect()
}

fn lab() -> Lab {
    let git = Script::new().read_all().print("one\n").stderr("two\n").takes(Duration::from_millis(20));
    Lab::new().on_program::<Git>(git).on_program::<Make>(Script::exit(2)).on_program::<Head>(Script::new())
}

#[test]
fn a_command_is_a_span_from_its_plan_to_its_end() {
    let exported = Exported::new();
    let lab = lab();
    let cx = lab.cx().with_observer(exported.spans()).with_tag("team", "ops").with_tag("ticket", 7);
    lab.run(async { cx.run(cmd!(Git, "log -n 5").in_dir("/srv")).await }).unwrap();
    let span = exported.one("cuprum.exec git");
    let seen = attributes(&span);
    let file = seen["process.executable.path"].clone();
    let pid = seen["process.pid"].clone();
    let run = seen["cuprum.run.id"].clone();
    assert!(file.ends_with("/git") && run.len() == 32 && pid.parse::<u32>().is_ok(), "{seen:?}");
    let expected: BTreeMap<&str, &str> = [
        ("process.executable.name", "git"),
        ("process.executable.path", &file),
        ("process.command_args", r#"["git","log","-n","5"]"#),
        ("process.working_directory", "/srv"),
        ("process.pid", &pid),
        ("process.exit.code", "0"),
        ("cuprum.run.id", &run),
        ("cuprum.project", "core-ops"),
        ("cuprum.tag.team", "ops"),
        ("cuprum.tag.ticket", "7"),
        ("cuprum.duration_s", "0.02"),
        ("cuprum.stdout.bytes", "4"),
        ("cuprum.stderr.bytes", "4"),
    ]
    .into();
    let seen: BTreeMap<&str, &str> = seen.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let seen: BTreeMap<&str, &str> =
        seen.into_iter().filter(|(name, _)| !name.starts_with("cuprum.cpu")).collect();
    assert_eq!(seen, expected);
    assert_eq!((span.span_kind.clone(), span.status.clone()), (SpanKind::Client, Status::Unset));
    assert_eq!(names(&span), ["cuprum.started"]);
    assert!(span.end_time.duration_since(span.start_time).unwrap() >= Duration::from_millis(20));
    assert_eq!(span.parent_span_id, SpanId::INVALID);
}

#[test]
fn a_failure_is_an_error_with_its_class() {
    let exported = Exported::new();
    let lab = lab();
    let cx = lab.cx().with_observer(exported.spans());
    lab.run(async {
        cx.run(cmd!(Make, "all")).await.unwrap_err();
        cx.run(cmd!(Make, "all").accept([2])).await.unwrap();
    });
    let spans = exported.ended();
    assert_eq!(spans[0].status, Status::error("ended: exit status 2"));
    assert_eq!(attributes(&spans[0])["error.type"], "exit");
    assert_eq!(spans[1].status, Status::Unset, "the command accepts it");
    assert_eq!(attributes(&spans[1])["process.exit.code"], "2");
}

#[test]
fn a_timeout_is_an_error_and_an_event() {
    let exported = Exported::new();
    let lab = Lab::new().on_program::<Git>(Script::new().hang());
    let cx = lab.cx().with_observer(exported.spans());
    lab.run(async { cx.run(cmd!(Git, "gc").timeout(Duration::from_secs(2))).await.unwrap_err() });
    let span = exported.one("cuprum.exec git");
    let seen = attributes(&span);
    assert_eq!((seen["error.type"].as_str(), seen["cuprum.signal"].as_str()), ("timeout", "SIGTERM"));
    assert!(!seen.contains_key("process.exit.code"), "{seen:?}");
    assert_eq!(names(&span), ["cuprum.started", "cuprum.cancelled"]);
    assert!(
        matches!(&span.status, Status::Error { description } if description.contains("timed out after 2s"))
    );
}

#[test]
fn what_was_never_started_has_a_span_that_says_why() {
    let exported = Exported::new();
    let lab = Lab::new().allow_unscripted();
    let cx = lab.cx().with_observer(exported.spans());
    lab.run(async {
        cx.run(cmd!(Git, "gc")).await.unwrap_err();
        let cx = cx.with_before(|_: &cuprum::spec::Invocation| Err("not on Fridays".into()));
        cx.run(cmd!(Git, "gc")).await.unwrap_err();
    });
    let spans = exported.ended();
    let errors: Vec<_> = spans.iter().map(|span| attributes(span)["error.type"].clone()).collect();
    assert_eq!(errors, ["unscripted", "refused"]);
    assert!(
        matches!(&spans[1].status, Status::Error { description } if description.contains("not on Fridays"))
    );
    assert!(spans.iter().all(|span| !attributes(span).contains_key("process.pid")));
}

#[test]
fn lines_are_events_only_if_they_are_asked_for() {
    let exported = Exported::new();
    let lab = lab();
    let cx = lab.cx().with_observer(exported.spans().with_output());
    lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
    let mut seen = events(&exported.one("cuprum.exec git"));
    seen.sort();
    let line = |name: &str, text: &str| (name.to_owned(), vec![format!("line={text}")]);
    assert_eq!(
        seen,
        [("cuprum.started".to_owned(), vec![]), line("cuprum.stderr", "two"), line("cuprum.stdout", "one")]
    );
}

#[test]
fn an_input_that_fails_is_an_event_and_no_failure() {
    let exported = Exported::new();
    let lab = Lab::new().on_program::<Git>(Script::new().close_stdin().takes(Duration::from_secs(1)));
    let cx = lab.cx().with_observer(exported.spans());
    lab.run(async { cx.run(cmd!(Git, "apply").stdin(vec![b'x'; 1 << 20])).await }).unwrap();
    let span = exported.one("cuprum.exec git");
    let seen = events(&span);
    let (_, values) = seen.iter().find(|(name, _)| name == "cuprum.stdin_error").unwrap();
    assert_eq!(values[0], "operation=write");
    assert_eq!(span.status, Status::Unset);
}

#[test]
fn spans_lie_in_each_other_as_the_commands_do() {
    let exported = Exported::new();
    let tracer = exported.provider.tracer("caller");
    let lab = lab();
    let cx = lab.cx().with_observer(exported.spans());
    let mine = Context::current_with_span(tracer.start("mine"));
    {
        let _guard = mine.clone().attach();
        lab.run(async {
            cx.run(cuprum::concurrent([cmd!(Git, "log") | cmd!(Head, "-n 1")])).await.unwrap();
        });
    }
    mine.span().end();
    let [batch, pipeline, git, head, mine] =
        ["cuprum.batch", "cuprum.pipeline", "cuprum.exec git", "cuprum.exec head", "mine"]
            .map(|name| exported.one(name));
    let parents = [&git, &head, &pipeline, &batch].map(|span| span.parent_span_id);
    let own = |span: &SpanData| span.span_context.span_id();
    assert_eq!(parents, [own(&pipeline), own(&pipeline), own(&batch), own(&mine)]);
    assert_eq!(pipeline.span_kind, SpanKind::Internal);
    let stage = attributes(&head);
    assert_eq!(
        (stage["cuprum.pipeline_stage_index"].as_str(), stage["cuprum.pipeline_stages"].as_str()),
        ("1", "2")
    );
    let traces = [&git, &head, &pipeline, &batch].map(|span| span.span_context.trace_id());
    assert!(traces.iter().all(|trace| *trace == mine.span_context.trace_id()));
    assert!(pipeline.end_time >= git.end_time && batch.end_time >= pipeline.end_time);
}

#[test]
fn equal_commands_at_once_have_spans_of_their_own() {
    let exported = Exported::new();
    let lab = lab();
    let cx = lab.cx().with_observer(exported.spans());
    let commands = (0..8).map(|_| cmd!(Git, "log"));
    lab.run(async { cx.run(cuprum::concurrent(commands)).await }).unwrap();
    let spans: Vec<_> = exported.ended().into_iter().filter(|span| span.name == "cuprum.exec git").collect();
    let runs: std::collections::BTreeSet<_> =
        spans.iter().map(|span| attributes(span)["cuprum.run.id"].clone()).collect();
    assert_eq!((spans.len(), runs.len()), (8, 8));
}

#[test]
fn a_child_is_given_the_span_of_its_command() {
    let exported = Exported::new();
    let lab = lab();
    let spans = exported.spans();
    let cx = lab.cx().with_traceparent(spans.traceparent()).with_observer(spans);
    lab.run(async {
        cx.run(cmd!(Git, "log")).await.unwrap();
        cx.run(cmd!(Git, "log").env("TRACEPARENT", "mine")).await.unwrap();
    });
    let span = &exported.ended()[0].span_context;
    let given = |index: usize| {
        lab.ran()[index].environment.change_of("TRACEPARENT".as_ref()).flatten().map(ToOwned::to_owned)
    };
    let expected = format!("00-{}-{}-01", span.trace_id(), span.span_id());
    assert_eq!(given(0), Some(expected.into()));
    assert_eq!(given(1), Some("mine".into()), "what the command sets itself holds");
}

#[test]
fn the_state_of_the_trace_goes_to_the_child() {
    let exported = Exported::new();
    let lab = lab().var("TRACESTATE", "old=1");
    let spans = exported.spans();
    let cx = lab.cx().with_traceparent(spans.traceparent()).with_observer(spans);
    let state = TraceState::from_key_value([("rojo", "00f067aa0ba902b7"), ("congo", "t61rcWkgMzE")]).unwrap();
    let (trace, span) = (TraceId::from_bytes([7; 16]), SpanId::from_bytes([9; 8]));
    let remote = SpanContext::new(trace, span, TraceFlags::SAMPLED, true, state);
    {
        let _guard = Context::new().with_remote_span_context(remote).attach();
        lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
    }
    lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
    let given = |index: usize, name: &str| {
        let ran = lab.ran();
        let change = ran[index].environment.change_of(name.as_ref()).expect("it was changed");
        change.map(|value| value.to_str().unwrap().to_owned())
    };
    let ended = exported.ended();
    let parent = format!("00-{trace}-{}-01", ended[0].span_context.span_id());
    assert_eq!((given(0, "TRACEPARENT"), ended[0].parent_span_id), (Some(parent), span));
    assert_eq!(given(0, "TRACESTATE"), Some("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE".to_owned()));
    assert_eq!(given(1, "TRACESTATE"), None, "that of another trace is taken away");
}

#[test]
fn a_real_child_sees_its_parent() {
    #[derive(cuprum::Program)]
    struct Printenv;
    let exported = Exported::new();
    let spans = exported.spans();
    let cx = cuprum::Cx::new().with_traceparent(spans.traceparent()).with_observer(spans);
    let printed = cx.scope_sync(|| cmd!(Printenv, "TRACEPARENT").read().wait()).unwrap();
    let span = exported.one("cuprum.exec printenv").span_context;
    assert_eq!(printed, format!("00-{}-{}-01", span.trace_id(), span.span_id()));
}

#[test]
fn a_child_can_be_given_the_span_that_is_current() {
    let exported = Exported::new();
    let lab = lab();
    let cx = lab.cx().with_traceparent(current_traceparent);
    lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
    let mine = Context::current_with_span(exported.provider.tracer("caller").start("mine"));
    {
        let _guard = mine.clone().attach();
        lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
    }
    let given: Vec<_> = lab
        .ran()
        .iter()
        .map(|ran| ran.environment.change_of("TRACEPARENT".as_ref()).flatten().map(ToOwned::to_owned))
        .collect();
    let span = mine.span().span_context().clone();
    assert_eq!(given[0], None);
    assert_eq!(given[1], Some(format!("00-{}-{}-01", span.trace_id(), span.span_id()).into()));
}

#[test]
fn a_command_that_is_dropped_leaves_no_span_open() {
    let exported = Exported::new();
    let lab = Lab::new().on_program::<Git>(Script::new().hang());
    let cx = lab.cx().with_observer(exported.spans());
    lab.run(async {
        let run = cx.run(cmd!(Git, "gc")).into_future();
        tokio::select! { biased; _ = run => {}, () = std::future::ready(()) => {} }
    });
    let span = exported.one("cuprum.exec git");
    assert!(matches!(span.status, Status::Error { .. }), "{span:?}");
}
