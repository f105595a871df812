//! A secret that a command is given is in nothing that is told of it.

use std::time::Duration;

use cuprum::event::LineInterest;
use cuprum::lab::{Lab, Script};
use cuprum::observe::{Collector, Echo, JsonLines, Log, Metrics, Spans, Timeline};
use cuprum::prelude::*;
use cuprum::spec::Secret;
use metrics_exporter_prometheus::PrometheusBuilder;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::{InMemorySpanExporterBuilder, SdkTracerProvider};
use tracing::Level;

use crate::json::Shared;
use crate::scene::{Git, Head, Told};

const SECRETS: [&str; 3] = ["hunter2-argument", "hunter2-variable", "hunter2-stdin"];

fn secret(index: usize) -> Secret<String> {
    Secret::new(SECRETS[index].to_owned())
}

#[test]
fn nothing_that_is_told_of_a_command_has_its_secrets() {
    let exporter = InMemorySpanExporterBuilder::new().build();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let recorder = PrometheusBuilder::new().build_recorder();
    let prometheus = recorder.handle();
    let json = Shared::default();
    let (collector, timeline) = (Collector::new(), Timeline::new().with_lines(100));
    let told = Told::during(Level::TRACE, || {
        // The command prints what it was given, and then some; what it reads is not known to be a secret.
        let said = [0, 1].map(|index| format!("{0} and x{0}x\n", SECRETS[index])).concat();
        let git = Script::new().read_all().print(said.clone()).stderr(said).takes(Duration::from_millis(5));
        let lab = Lab::new().on_program::<Git>(git.then_exit(1)).on_program::<Head>(Script::new().hang());
        let spans = Spans::by(provider.tracer("cuprum")).with_output();
        let cx = lab
            .cx()
            .with_observer(Log::new().output(Level::TRACE))
            .with_observer(Echo::new())
            .with_observer(Metrics::to(recorder))
            .with_traceparent(spans.traceparent())
            .with_observer(spans)
            .with_observer(collector.clone())
            .with_observer(timeline.clone())
            .with_observer(JsonLines::new(json.clone()).with_lines(LineInterest::Read));
        lab.run(async {
            let word = secret(0);
            let given = cmd!(Git, "login {word}").env("TOKEN", secret(1)).stdin(SECRETS[2]);
            cx.run(given.clone()).await.unwrap_err();
            cx.run(given | cmd!(Head, "-n 1").timeout(Duration::from_secs(1))).await.unwrap_err();
        });
        cx.flush_observers(Duration::from_secs(60));
        let ran = &lab.ran()[0];
        assert_eq!(ran.input, SECRETS[2].as_bytes(), "the command itself was given it");
        assert!(ran.args.iter().any(|word| word == SECRETS[0]));
    });
    let texts = [
        ("tracing", told.text()),
        ("events", format!("{:#?}", collector.events())),
        ("lines", collector.lines().iter().map(|line| format!("{line}\n")).collect()),
        ("json", json.text()),
        ("prometheus", prometheus.render()),
        ("spans", format!("{:#?}", exporter.get_finished_spans().unwrap())),
        ("page", timeline.to_html()),
        ("trace", timeline.to_trace()),
    ];
    for (what, text) in texts {
        assert!(text.len() > 50, "{what} says something: {text}");
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} in {what}: {text}");
        }
        assert!(text.contains("***") || what == "prometheus", "{what} has seen it: {text}");
    }
}
