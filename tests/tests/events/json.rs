//! The form of events for other programs is the one that `docs/events.md` describes, example by example.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use cuprum::event::RunId;
use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{Bulkhead, CancelToken, Stdin};
use cuprum::{Command, Program, allowlist, concurrent};
use cuprum_tests::Recorded;
use serde_json::Value;

#[derive(Debug, Program)]
#[program(name = "deploy", project = "rollout")]
struct Deploy;

#[derive(Debug, Command)]
#[command(program = Deploy, tier = write, output = String)]
struct Push {
    #[arg(positional, allow_hyphen)]
    site: String,
}

allowlist! { Nothing = []; }

/// Runs a few commands in a lab, and returns their events in the form that is described.
fn events() -> Vec<Value> {
    let slow = || Script::new().wait(Duration::from_secs(9));
    let lab = Lab::new()
        .when(|launch| launch.args == ["north"], Script::stdout("one\ntwo\n").read_all())
        .when(|launch| launch.args == ["south"], Script::new().stderr("fatal: no such site\n").then_exit(3))
        .when(|launch| launch.args == ["west"], Script::exit(0).close_stdin())
        .when(|launch| launch.args == ["east"], slow());
    let recorded = Recorded::default();
    let cx = lab.cx().with_observer(recorded.clone()).with_tag("team", "ops").with_env("SITE_KEY", "x");
    lab.run(cx.scope(async {
        let north = Push::new("north").in_dir("/srv").env_remove("HOME").stdin("manifest");
        north.run().await.unwrap();
        let pauses = backon::ConstantBuilder::new().with_delay(Duration::from_millis(1500)).with_max_times(1);
        let again = cuprum::retry(Push::new("south"), |_: &cuprum::Error| true).backoff(pauses).idempotent();
        again.run().await.unwrap_err();
        concurrent([Push::new("east").prepare().timeout(Duration::from_secs(1))]).results().await.unwrap();
        let full = Bulkhead::new("full", 1);
        let (holds, waits) = (Push::new("east").limited_by(&full), Push::new("north").limited_by(&full));
        let (first, second) = tokio::join!(holds.run(), waits.run());
        assert!(first.is_ok() && second.is_ok());
        Push::new("west").stdin(Stdin::Bytes(vec![b'i'; 300_000])).run().await.unwrap();
        let stop = CancelToken::new();
        stop.cancel();
        Push::new("north").cancelled_by(&stop).run().await.unwrap_err();
        Push::new("north").before(|_| Err("not on a Friday".into())).run().await.unwrap_err();
    }));
    let cx = cx.narrow::<Nothing>();
    lab.run(cx.scope(async { Push::new("north").run().await.unwrap_err() }));
    drop(cx.register_allow(Deploy::SPEC));
    recorded.events().iter().map(|event| shown(serde_json::to_value(event).unwrap())).collect()
}

/// Puts the page's place in that of this file, where lines move.
fn shown(mut event: Value) -> Value {
    if let Some(place) = event.get_mut("place") {
        assert!(place.as_str().unwrap().starts_with(file!()), "{place}");
        *place = "src/main.rs:12:19".into();
    }
    event
}

/// Returns the examples of the page.
fn examples(page: &str) -> Vec<Value> {
    let lines = page.lines().filter(|line| line.starts_with("{\"v\""));
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
}

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/events.md");
    std::fs::read_to_string(path).unwrap()
}

/// Returns the fields that the page describes.
fn described(page: &str) -> BTreeSet<String> {
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    rows.flat_map(|row| {
        let names = row.split('|').nth(1).unwrap_or_default().to_owned();
        names
            .split('`')
            .filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    })
    .filter(|name| !name.is_empty())
    .collect()
}

#[test]
fn every_example_of_the_page_is_what_is_produced() {
    let produced = events();
    let examples = examples(&page());
    for example in &examples {
        if !produced.contains(example) {
            let kind = &example["event"];
            let like = produced.iter().filter(|event| event["event"] == *kind);
            let like: Vec<String> = like.map(Value::to_string).collect();
            panic!("{example}\nis not produced, but\n{}", like.join("\n"));
        }
    }
    let kinds = |events: &[Value]| -> BTreeSet<String> {
        events.iter().map(|event| event["event"].as_str().unwrap().to_owned()).collect()
    };
    // What is lost cannot be produced here.
    assert_eq!(kinds(&examples), kinds(&produced));
    assert_eq!(kinds(&examples).len(), 15);
}

#[test]
fn every_field_that_is_produced_is_described() {
    let described = described(&page());
    for event in events() {
        for field in event.as_object().unwrap().keys() {
            assert!(described.contains(field), "`{field}` of {event}");
        }
    }
}

#[test]
fn an_id_reads_back() {
    let id = RunId::from_u128(0xabc);
    let text = serde_json::to_string(&id).unwrap();
    assert_eq!(text, "\"00000000000000000000000000000abc\"");
    assert_eq!(serde_json::from_str::<RunId>(&text).unwrap(), id);
    assert!(serde_json::from_str::<RunId>("\"abc\"").is_err());
}
