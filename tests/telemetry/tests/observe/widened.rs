//! What each observer says of a context that comes to permit a program.

use std::time::Duration;

use cuprum::Program as _;
use cuprum::lab::Lab;
use cuprum::observe::{Collector, Echo, JsonLines, Log, MemoryMetrics, Metrics, Spans, Timeline};
use opentelemetry::Context;
use opentelemetry::trace::{TraceContextExt as _, Tracer as _, TracerProvider as _};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider};
use tracing::Level;

use crate::scene::{Git, Head, Make, Told};

#[test]
fn every_observer_tells_of_a_program_that_a_context_comes_to_permit() {
    let (metrics, collector, timeline) = (MemoryMetrics::new(), Collector::new(), Timeline::new());
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let (reader, writer) = std::io::pipe().unwrap();
    let mut place = 0;
    let told = Told::during(Level::TRACE, || {
        let cx = Lab::new()
            .cx()
            .with_tag("team", "ops")
            .with_observer(Log::new())
            .with_observer(Echo::new())
            .with_observer(Metrics::to(metrics.clone()))
            .with_observer(Spans::by(provider.tracer("cuprum")))
            .with_observer(timeline.clone())
            .with_observer(collector.clone())
            .with_observer(JsonLines::new(writer))
            .narrow_to([Head::SPEC]);
        let mine = Context::current_with_span(provider.tracer("caller").start("mine"));
        let _current = mine.clone().attach();
        place = line!() + 1;
        let cx = cx.allow([Git::SPEC, Head::SPEC]).unwrap();
        let beyond = cx.clone().narrow_to([Git::SPEC]).narrow_to([Git::SPEC]);
        beyond.allow(Make::SPEC).unwrap_err();
        cx.flush_observers(Duration::from_secs(60));
        mine.span().end();
    });
    let words = format!("git is permitted by `allow` at {}:{place}:21", file!());
    let records = told.records("cuprum::exec");
    let [record] = &records[..] else { panic!("{records:?}") };
    assert_eq!((&*record.message, record.level), (&*words, Level::DEBUG));
    assert_eq!(record.field("process.executable.name"), "git");
    assert!(told.records("cuprum::echo").is_empty());
    assert!(told.spans().is_empty(), "it is no run");
    assert_eq!(metrics.counters(), [("cuprum_widened_total".to_owned(), 1)].into());
    assert_eq!(collector.widened(), ["git"]);
    assert_eq!(collector.names(), ["widened"]);

    let spans = exporter.get_finished_spans().unwrap();
    let [mine] = &spans[..] else { panic!("{spans:?}") };
    let [event] = &mine.events.events[..] else { panic!("{mine:?}") };
    assert_eq!(event.name, "cuprum.widened");
    let values: Vec<_> = event.attributes.iter().map(|known| known.value.to_string()).collect();
    assert_eq!(values, ["git", "allow", &format!("{}:{place}:21", file!())]);

    let page = timeline.to_html();
    assert!(page.contains(r#""name":"permitted","words":"git""#), "{page}");
    assert!(page.contains(&format!(r#""status":"by `allow` at {}:{place}:21""#, file!())), "{page}");
    let trace: serde_json::Value = serde_json::from_str(&timeline.to_trace()).unwrap();
    let slices = trace["traceEvents"].as_array().unwrap().iter().filter(|event| event["ph"] == "X");
    let slices: Vec<_> = slices.map(|slice| (&slice["name"], &slice["dur"])).collect();
    assert_eq!(slices, [(&"permitted".into(), &0.into())]);

    let json = std::io::BufRead::lines(std::io::BufReader::new(reader)).next().unwrap().unwrap();
    assert!(json.contains(r#""event":"widened""#) && json.contains(r#""team":"ops""#), "{json}");
}
