//! The timeline of runs in the lab.

use std::time::Duration;

use base64::Engine as _;
use cuprum::lab::{Lab, Script};
use cuprum::observe::Timeline;
use cuprum::prelude::*;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::scene::{Git, Head, Make};

/// Runs something of everything, and returns its timeline.
pub fn scene(title: &str) -> Timeline {
    let git = Script::new()
        .takes(Duration::from_millis(40))
        .print("one\ntwo\n")
        .stderr("three\n")
        .takes(Duration::from_millis(80));
    let lab = Lab::new()
        .on_words(["head", "-n", "9"], Script::new().hang())
        .on_program::<Git>(git)
        .on_program::<Make>(Script::new().takes(Duration::from_millis(70)).then_exit(2))
        .on_program::<Head>(Script::new().read_all().takes(Duration::from_millis(10)));
    let timeline = Timeline::new().titled(title).with_lines(20);
    let cx = lab.cx().with_observer(timeline.clone()).with_tag("team", "ops");
    lab.run(async {
        let odd = "</script><script>document.documentElement.dataset.injected=1</script><img src=x onerror=alert(1)>";
        cx.run(cmd!(Git, "log {odd}")).await.unwrap();
        cx.run(cmd!(Git, "log --oneline") | cmd!(Head, "-n 1")).await.unwrap();
        let parts = ["api", "web", "db", "docs"].map(|part| cmd!(Make, "-C {part}").accept([0, 2]));
        cx.run(cuprum::concurrent(parts).limit(2)).await.unwrap();
        cx.run(cmd!(Make, "all")).await.unwrap_err();
        cx.run(cmd!(Head, "-n 9").timeout(Duration::from_millis(200))).await.unwrap_err();
        let strict = cx.with_before(|_: &cuprum::spec::Invocation| Err("not on Fridays".into()));
        strict.run(cmd!(Git, "push")).await.unwrap_err();
    });
    timeline
}

fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    page.split_once(start).unwrap().1.split_once(end).unwrap().0
}

fn read(page: &str) -> Value {
    serde_json::from_str(between(page, r#"type="application/json">"#, "</script>")).unwrap()
}

#[test]
fn a_page_tells_what_was_run() {
    let told = read(&scene("runs").to_html());
    let rows = told["rows"].as_array().unwrap();
    let seen: Vec<_> = rows
        .iter()
        .map(|row| (row["name"].as_str().unwrap(), row["state"].as_str().unwrap(), row["parent"].as_u64()))
        .collect();
    assert_eq!(
        seen,
        [
            ("git", "ok", None),
            ("pipeline", "ok", None),
            ("git", "ok", Some(1)),
            ("head", "ok", Some(1)),
            ("batch", "ok", None),
            ("make", "ok", Some(4)),
            ("make", "ok", Some(4)),
            ("make", "ok", Some(4)),
            ("make", "ok", Some(4)),
            ("make", "failed", None),
            ("head", "stopped", None),
            ("git", "refused", None),
        ]
    );
    let time = |row: usize, what: &str| rows[row][what].as_u64().unwrap();
    assert_eq!((time(0, "planned"), time(0, "ended")), (0, 120_000));
    assert_eq!(time(10, "ended") - time(10, "started"), 200_000);
    assert_eq!(rows[10]["status"], "timed out after 200ms");
    let marks: Vec<_> =
        rows[0]["marks"].as_array().unwrap().iter().map(|mark| mark["text"].as_str().unwrap()).collect();
    assert_eq!(marks.len(), 3, "{marks:?}");
    let facts = rows[9]["facts"].to_string();
    assert!(facts.contains("exit status 2") && facts.contains(r#"["team","ops"]"#), "{facts}");
}

#[test]
fn a_page_allows_its_own_style_and_script_and_nothing_else() {
    let page = scene("runs").to_html();
    let policy = between(&page, r#"http-equiv="Content-Security-Policy" content=""#, "\"");
    let hash = |text: &str| {
        format!(
            "'sha256-{}'",
            base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes()))
        )
    };
    let script = page.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    let style = hash(between(&page, "<style>", "</style>"));
    let script = hash(script);
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
        ),
        "the constants in html.rs are those of page.css and page.js"
    );
}

#[test]
fn a_page_loads_nothing() {
    let page = scene("runs").to_html();
    let without_data = page.replace(between(&page, r#"type="application/json">"#, "</script>"), "");
    for outside in [
        "http:",
        "https:",
        " src=",
        "<link",
        "@import",
        "url(",
        "innerHTML",
        "insertAdjacent",
        "document.write",
    ] {
        assert!(!without_data.contains(outside), "{outside}");
    }
    assert!(!page.contains("<img"), "what a command has is text");
}

#[test]
fn a_trace_has_the_rows_as_slices() {
    let trace: Value = serde_json::from_str(&scene("runs").to_trace()).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    let of = |phase: &str| events.iter().filter(|event| event["ph"] == phase).collect::<Vec<_>>();
    let slices: Vec<_> = of("X").into_iter().filter(|event| event["cat"] != "wait").collect();
    assert_eq!(slices.len(), 12);
    let failed = slices.iter().find(|event| event["cat"] == "failed").unwrap();
    assert_eq!((failed["name"].as_str(), failed["dur"].as_u64()), (Some("make"), Some(70_000)));
    assert_eq!(failed["args"]["command"], "make all");
    assert_eq!(failed["cname"], "terrible");
    assert_eq!(of("i").len(), 3 + 1 + 1, "lines that were captured, and the stop");
    let named = |what: &str| {
        let names = of("M").into_iter().filter(|event| event["name"] == what);
        names.map(|event| event["args"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(named("process_name"), ["runs", "pipeline 2 stages", "batch 4 commands"]);
    assert_eq!(named("thread_name").iter().filter(|name| *name == "lane 1").count(), 3, "one in each");
    assert_eq!((of("s").len(), of("f").len()), (1, 1), "from the first stage to the second");
    for event in events {
        assert!(event["pid"].is_u64() && event["tid"].is_u64(), "{event}");
    }
}

#[test]
fn a_timeline_can_be_written_while_something_runs() {
    let lab = Lab::new().on_program::<Git>(Script::new().takes(Duration::from_secs(3)));
    let timeline = Timeline::new();
    let cx = lab.cx().with_observer(timeline.clone());
    let page = lab.run(async {
        let run = cx.run(cmd!(Git, "gc")).into_future();
        let mut run = std::pin::pin!(run);
        tokio::select! { biased; _ = &mut run => panic!(), () = std::future::ready(()) => {} }
        let page = timeline.to_html();
        run.await.unwrap();
        page
    });
    assert_eq!(read(&page)["rows"][0]["state"], "running");
    assert_eq!(read(&timeline.to_html())["rows"][0]["state"], "ok");
}

#[test]
fn the_end_of_a_files_name_says_what_is_written() {
    let timeline = scene("runs");
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        timeline.write(dir.path().join(name)).unwrap();
        std::fs::read_to_string(dir.path().join(name)).unwrap()
    };
    assert!(write("a.json").starts_with("{"));
    assert!(write("a.html").starts_with("<!doctype html>") && write("a").starts_with("<!doctype html>"));
    assert!(timeline.write(dir.path().join("no/such/dir.html")).is_err());
}
