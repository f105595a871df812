//! Metrics, as Prometheus would read them.

use std::sync::Arc;
use std::time::Duration;

use cuprum::lab::{Lab, Script};
use cuprum::observe::{MemoryMetrics, Metrics};
use cuprum::prelude::*;
use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::scene::{Git, Head, Make};

fn lab() -> Lab {
    let git =
        Script::new().read_all().print("out1\nout2\n").stderr("err1\n").takes(Duration::from_millis(250));
    Lab::new().on_program::<Git>(git).on_program::<Make>(Script::exit(2)).on_program::<Head>(Script::new())
}

/// Returns metrics that go to a real exporter, which has buckets so that its text is the same each time.
fn exported() -> (Metrics, PrometheusHandle) {
    let builder = PrometheusBuilder::new().set_buckets(&[0.1, 1.0]).unwrap();
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    (Metrics::to(recorder), handle)
}

/// Returns the samples of a metric, without its name.
fn samples(text: &str, name: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix(name));
    let mut samples: Vec<_> =
        lines.filter(|rest| rest.starts_with(['{', ' ', '_'])).map(str::to_owned).collect();
    samples.sort();
    samples
}

#[test]
fn an_exporter_gets_the_names_and_labels() {
    let (metrics, handle) = exported();
    metrics.describe();
    let lab = lab();
    let cx = lab.cx().with_observer(metrics);
    lab.run(async {
        cx.run(cmd!(Git, "log").stdin("seven b")).await.unwrap();
        cx.run(cmd!(Git, "log").stdin("")).await.unwrap();
        cx.run(cmd!(Make, "all")).await.unwrap_err();
    });
    let text = handle.render();
    let git = r#"{program="git",project="core-ops"}"#;
    let make = r#"{program="make",project="cuprum-telemetry-tests"}"#;
    assert_eq!(samples(&text, "cuprum_executions_total"), [format!("{git} 2"), format!("{make} 1")]);
    assert_eq!(samples(&text, "cuprum_failures_total"), [format!("{git} 0"), format!("{make} 1")]);
    assert_eq!(samples(&text, "cuprum_stdout_lines_total"), [format!("{git} 4"), format!("{make} 0")]);
    assert_eq!(samples(&text, "cuprum_stderr_lines_total"), [format!("{git} 2"), format!("{make} 0")]);
    assert_eq!(samples(&text, "cuprum_stdin_bytes_total"), [format!("{git} 7")]);
    let duration = samples(&text, "cuprum_duration_seconds");
    for sample in [
        r#"_bucket{program="git",project="core-ops",le="0.1"} 0"#,
        r#"_bucket{program="git",project="core-ops",le="1"} 2"#,
        r#"_sum{program="git",project="core-ops"} 0.5"#,
        r#"_count{program="make",project="cuprum-telemetry-tests"} 1"#,
    ] {
        assert!(duration.iter().any(|seen| seen == sample), "{sample} in {text}");
    }
    assert!(text.contains("# HELP cuprum_executions_total processes that were started"), "{text}");
    assert!(text.contains("# TYPE cuprum_duration_seconds histogram"), "{text}");
}

#[test]
fn a_tag_of_the_caller_names_the_project_and_an_empty_one_is_unknown() {
    let (metrics, handle) = exported();
    let lab = lab();
    let cx = lab.cx().with_observer(metrics);
    lab.run(async {
        cx.clone().with_tag("project", "mine").run(cmd!(Git, "log")).await.unwrap();
        cx.clone().with_tag("project", "").run(cmd!(Git, "log")).await.unwrap();
        cx.clone().with_tag("project", 7).run(cmd!(Git, "log")).await.unwrap();
        cx.run(cuprum::unchecked::command("git").arg("log")).await.unwrap();
    });
    let seen = samples(&handle.render(), "cuprum_executions_total");
    let expected = [("7", 1), ("mine", 1), ("unknown", 2)];
    let expected =
        expected.map(|(project, count)| format!(r#"{{program="git",project="{project}"}} {count}"#));
    assert_eq!(seen, expected);
}

#[test]
fn a_plan_counts_nothing() {
    let memory = MemoryMetrics::new();
    let lab = Lab::new().allow_unscripted();
    let cx = lab.cx().with_observer(Metrics::to(memory.clone()));
    lab.run(async { cx.run(cmd!(Git, "log")).await.unwrap_err() });
    let counters: Vec<_> = memory.counters().into_iter().collect();
    assert_eq!(counters, [("cuprum_not_started_total".to_owned(), 1)]);
    assert!(memory.histogram("cuprum_duration_seconds").is_empty());
}

#[test]
fn an_input_that_fails_is_counted() {
    let memory = MemoryMetrics::new();
    let lab = Lab::new().on_program::<Git>(Script::new().read(2).close_stdin().takes(Duration::from_secs(1)));
    let cx = lab.cx().with_observer(Metrics::to(memory.clone()));
    lab.run(async { drop(cx.run(cmd!(Git, "apply").stdin(vec![b'x'; 1 << 20])).await) });
    assert_eq!(memory.counter("cuprum_stdin_errors_total"), 1);
    assert!(memory.counter("cuprum_stdin_bytes_total") < 1 << 20);
}

#[test]
fn what_is_stopped_has_failed_and_each_stage_counts() {
    let memory = MemoryMetrics::new();
    let lab = Lab::new().on_program::<Git>(Script::new().hang()).on_program::<Head>(Script::new());
    let cx = lab.cx().with_observer(Metrics::to(memory.clone()));
    lab.run(async {
        let line = cmd!(Git, "log") | cmd!(Head, "-n 1");
        cx.run(line.timeout(Duration::from_secs(3))).await.unwrap_err();
    });
    let seen = ["cuprum_executions_total", "cuprum_failures_total"].map(|name| memory.counter(name));
    assert_eq!(seen, [2, 1]);
    assert_eq!(memory.histogram("cuprum_duration_seconds").len(), 2);
}

#[test]
fn lines_are_counted_only_if_that_is_wanted() {
    let memory = MemoryMetrics::new();
    let lab = lab();
    let cx = lab.cx().with_observer(Metrics::to(memory.clone()).without_lines());
    lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
    assert_eq!(memory.counter("cuprum_stdout_lines_total"), 0);
    assert_eq!(memory.counter("cuprum_executions_total"), 1);
}

#[test]
fn a_reset_is_whole_while_others_count() {
    let memory = MemoryMetrics::new();
    let key = Key::from_static_name("cuprum_executions_total");
    let metadata = Metadata::new("test", metrics::Level::INFO, None);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let counter = memory.register_counter(&key, &metadata);
            scope.spawn(move || (0..1000).for_each(|_| counter.increment(1)));
        }
        scope.spawn(|| (0..50).for_each(|_| memory.reset()));
    });
    assert!(memory.counter("cuprum_executions_total") <= 2000);
    memory.reset();
    assert!(memory.counters().is_empty());
    memory.register_counter(&key, &metadata).increment(3);
    assert_eq!(memory.counter("cuprum_executions_total"), 3);
}

/// A recorder that always panics.
struct Broken;

impl Recorder for Broken {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn register_counter(&self, _: &Key, _: &Metadata<'_>) -> Counter {
        panic!("no room for another series")
    }
    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }
    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

#[test]
fn a_recorder_that_fails_does_not_fail_the_command() {
    let lab = lab();
    let memory = MemoryMetrics::new();
    let cx = lab.cx().with_observer(Metrics::to(Broken)).with_observer(Metrics::to(memory.clone()));
    lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
    assert_eq!(memory.counter("cuprum_executions_total"), 1);
}

#[test]
fn the_installed_recorder_gets_what_is_counted_here() {
    let recorder = Arc::new(MemoryMetrics::new());
    let lab = lab();
    let cx = lab.cx().with_observer(Metrics::new());
    metrics::with_local_recorder(&*recorder, || {
        lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
    });
    assert_eq!(recorder.counter("cuprum_executions_total"), 1);
}
