//! What the page and the trace say of events made by hand.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::super::testing::Made;
use super::Timeline;
use crate::event::{Closed, EventKind, Group, Lines, Observer as _, Refused, RefusedBy};
use crate::outcome::{CancelReason, ExitStatus, Stopped};
use crate::stream::{LineEnd, Source};

fn told(timeline: &Timeline, events: &[crate::event::Event]) {
    events.iter().for_each(|event| timeline.event(event));
}

/// Returns what the script of the page reads.
fn read(page: &str) -> Value {
    let (_, data) = page.split_once(r#"type="application/json">"#).unwrap();
    serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap()
}

fn closed(group: Group, failed: usize) -> EventKind {
    let duration = Duration::from_millis(9);
    EventKind::Closed(Closed { group, done: 2, failed, success: Some(failed == 0), duration })
}

#[test]
fn rows_lie_below_what_they_belong_to() {
    let timeline = Timeline::new();
    let batch = Made::group(1);
    let (first, second) = (Made::stage(2, 0, 1).inside(1), Made::stage(3, 0, 2).inside(1));
    let third = Made::stage(3, 1, 2).inside(1);
    told(&timeline, &[batch.opened(Group::Batch), first.planned(), second.planned(), third.planned()]);
    told(&timeline, &[first.started(2), second.started(1), third.started(1), first.exited(7, 1)]);
    told(&timeline, &[third.exited(4, 0), second.exited(5, 0), batch.at(9, closed(Group::Batch, 1))]);
    let told = read(&timeline.to_html());
    let rows = told["rows"].as_array().unwrap();
    let seen: Vec<_> = rows.iter().map(|row| (row["name"].as_str().unwrap(), &row["parent"])).collect();
    let (none, zero, two) = (Value::Null, Value::from(0), Value::from(2));
    assert_eq!(seen, [("batch", &none), ("git", &zero), ("pipeline", &zero), ("git", &two), ("git", &two)]);
    let states: Vec<_> = rows.iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["failed", "failed", "ok", "ok", "ok"]);
    let times = |row: &Value| ["planned", "started", "ended"].map(|name| row[name].as_u64().unwrap());
    assert_eq!((times(&rows[1]), times(&rows[2])), ([0, 2000, 7000], [0, 0, 5000]));
    assert_eq!((rows[1]["line"].as_str(), rows[1]["words"].as_str()), (Some("git log"), Some("log")));
    assert_eq!(told["length"], 9000);
}

#[test]
fn what_runs_was_stopped_or_refused_is_told_apart() {
    let timeline = Timeline::new();
    let [running, stopped, refused] = [1, 2, 3].map(|run| Made::stage(run, 0, 1));
    told(&timeline, &[running.planned(), running.started(1), stopped.planned(), stopped.started(2)]);
    let mut end = stopped.exited(9, 0);
    if let EventKind::Exited(exited) = &mut end.kind {
        exited.status = ExitStatus::Signal(15);
        exited.stopped =
            Some(Stopped { reason: CancelReason::Timeout(Duration::from_secs(2)), forced: false });
    }
    let reason = Refused { by: RefusedBy::Hook, reason: "not allowed".into() };
    told(&timeline, &[end, refused.at(0, EventKind::Refused(reason))]);
    let told = read(&timeline.to_html());
    let rows = told["rows"].as_array().unwrap();
    let seen: Vec<_> = rows.iter().map(|row| (&row["state"], &row["status"], &row["ended"])).collect();
    assert_eq!(seen[0], (&"running".into(), &"".into(), &Value::Null));
    assert_eq!(seen[1], (&"stopped".into(), &"timed out after 2s".into(), &9000.into()));
    assert_eq!(seen[2], (&"refused".into(), &"refused: not allowed".into(), &0.into()));
}

#[test]
fn nothing_that_a_command_has_ends_the_element_it_stands_in() {
    let timeline = Timeline::new().titled("</title><b>&{{data}}").with_lines(2);
    let mut hostile = Made::stage(1, 0, 1);
    let text = "</script><script>alert(1)</script><!--\u{2028}{{script}}";
    Arc::get_mut(hostile.event.invocation.as_mut().unwrap()).unwrap().words =
        vec![text.into(), "\u{1b}[31m".into()];
    let lines =
        Lines::new(Source::Stdout, format!("{text}\n{text}\nthird\n").into_bytes(), 4096, LineEnd::Stream);
    told(&timeline, &[hostile.planned(), hostile.started(1), hostile.at(2, EventKind::Lines(lines))]);
    let page = timeline.to_html();
    assert_eq!(page.matches("<script").count(), 2, "the data and the script");
    assert_eq!(page.matches("</script>").count(), 2);
    assert!(!page.contains("<!--") && page.contains("<title>&lt;/title&gt;&lt;b&gt;&amp;{{data}}</title>"));
    let row = &read(&page)["rows"][0];
    let line = row["line"].as_str().unwrap();
    assert!(line.contains("</script><script>alert(1)") && line.contains("{{script}}"), "{line}");
    assert!(!line.contains('\u{2028}') && line.contains("\\033[31m"), "{line}");
    assert_eq!((row["marks"].as_array().unwrap().len(), &row["unseen"]), (2, &1.into()));
}

#[test]
fn rows_that_have_no_room_are_counted() {
    let timeline = Timeline::new().with_rows(2);
    let batch = Made::group(9);
    told(&timeline, &[batch.opened(Group::Batch)]);
    for run in 1..=3 {
        let command = Made::stage(run, 0, 1).inside(9);
        told(&timeline, &[command.planned(), command.started(1), command.exited(2, 0)]);
    }
    let told = read(&timeline.to_html());
    assert_eq!((told["rows"].as_array().unwrap().len(), &told["unseen"]), (2, &2.into()));
}

#[test]
fn no_two_slices_of_a_lane_overlap() {
    let timeline = Timeline::new();
    let batch = Made::group(100);
    told(&timeline, &[batch.opened(Group::Batch)]);
    for run in 0..9 {
        let command = if run % 2 == 0 { Made::stage(run, 0, 1) } else { Made::stage(run, 0, 1).inside(100) };
        let mut events =
            [command.planned(), command.started(3), command.exited(5 + run as u64, run as i32 % 3)];
        events.iter_mut().for_each(|event| event.at += Duration::from_millis(run as u64 * 2));
        told(&timeline, &events);
    }
    let trace: Value = serde_json::from_str(&timeline.to_trace()).unwrap();
    let mut until = std::collections::HashMap::new();
    let mut slices = 0;
    for event in trace["traceEvents"].as_array().unwrap() {
        if event["ph"] != "X" {
            continue;
        }
        let number = |name: &str| event[name].as_u64().unwrap();
        let free = until.entry((number("pid"), number("tid"))).or_insert(0);
        assert!(*free <= number("ts"), "{event}");
        *free = number("ts") + number("dur");
        slices += 1;
    }
    assert_eq!(slices, 1 + 9 * 2, "the batch, and each command with its wait");
    assert_eq!(until.keys().map(|(process, _)| process).collect::<std::collections::BTreeSet<_>>().len(), 2);
}

#[test]
fn an_arrow_leads_from_each_stage_of_a_pipeline_to_the_next() {
    let timeline = Timeline::new();
    let batch = Made::group(9);
    let stages = [0, 1, 2].map(|stage| Made::stage(1, stage, 3).inside(9));
    let other = Made::stage(2, 0, 1).inside(9);
    told(&timeline, &[batch.opened(Group::Batch), stages[0].planned(), other.planned(), stages[1].planned()]);
    told(&timeline, &[stages[2].planned(), stages[0].started(1), stages[1].started(2), stages[2].started(2)]);
    let trace: Value = serde_json::from_str(&timeline.to_trace()).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    let is = |event: &Value, phase: &str| event["ph"] == phase;
    let place = |event: &Value| ["pid", "tid", "ts"].map(|name| event[name].as_u64().unwrap());
    let slices: Vec<_> =
        events.iter().filter(|event| is(event, "X") && event["name"] == "git").map(place).collect();
    let [begins, ends] =
        ["s", "f"].map(|phase| events.iter().filter(|event| is(event, phase)).collect::<Vec<_>>());
    let ids = |events: &[&Value]| events.iter().map(|event| event["id"].clone()).collect::<Vec<_>>();
    assert_eq!((ids(&begins), begins.len()), (ids(&ends), 2));
    // The rows are the batch, the pipeline, its first stage, the other command, the other stages.
    let at = |row: usize| slices[row];
    assert_eq!(begins.into_iter().map(place).collect::<Vec<_>>(), [at(0), at(2)]);
    assert_eq!(ends.into_iter().map(place).collect::<Vec<_>>(), [at(2), at(3)]);
    let lanes = events.iter().filter(|event| event["name"] == "thread_name").map(|event| &event["tid"]);
    assert_eq!(lanes.collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_timeline_of_nothing_is_a_page_and_a_trace() {
    let timeline = Timeline::default();
    assert_eq!(read(&timeline.to_html())["rows"], Value::Array(Vec::new()));
    let trace: Value = serde_json::from_str(&timeline.to_trace()).unwrap();
    assert_eq!(trace["traceEvents"].as_array().unwrap().len(), 1);
}
