//! The trace: the same rows as events for Perfetto and `chrome://tracing`.

use serde_json::{Value, json};

use super::facts;
use super::html::micros;
use super::rows::{Row, Rows, What};

/// The process that commands stand in which belong to nothing. There is none of the number 0: that is the kernel's.
const SINGLE: usize = 1;

/// The process of the first row, if it is one.
const FIRST: usize = 2;

/// Writes the trace.
///
/// What belongs to nothing, and has others in it, is shown as a process of its own, and single commands are in one
/// together. The threads of a process are lanes: a row takes the first one that is free, so no two in a lane overlap.
/// An arrow leads from each stage of a pipeline to the next one.
pub(super) fn json(title: &str, rows: &Rows) -> String {
    let mut events = vec![name("process_name", SINGLE, 0, title)];
    let mut lanes = Lanes::default();
    let mut last_stage = std::collections::HashMap::new();
    let mut tops: Vec<usize> = Vec::with_capacity(rows.list.len());
    for (index, row) in rows.list.iter().enumerate() {
        let top = row.parent.and_then(|parent| tops.get(parent).copied());
        let top = top.unwrap_or(match row.what {
            What::Command(_) | What::Widened(_) => SINGLE,
            What::Pipeline(_) | What::Group(_) => index + FIRST,
        });
        tops.push(top);
        if top == index + FIRST {
            let (what, words) = facts::name(row);
            events.push(name("process_name", top, 0, &format!("{what} {words}")));
        }
        let end = row.ended.unwrap_or(rows.length);
        let (lane, is_new) = lanes.take(top, micros(row.planned), micros(end));
        if is_new {
            events.push(name("thread_name", top, lane, &format!("lane {lane}")));
        }
        events.extend(slices(row, micros(end), top, lane));
        let stage = Stage { row: index, at: (micros(row.begin()), top, lane) };
        if let Some(before) = last_stage.insert(row.parent, stage)
            && row.parent.and_then(|parent| rows.list.get(parent)).is_some_and(is_pipeline)
        {
            events.extend(before.arrow_to(&stage));
        }
    }
    let trace = json!({ "traceEvents": events, "displayTimeUnit": "ms" });
    trace.to_string()
}

/// Returns the events of one row.
fn slices(row: &Row, end: u64, process: usize, lane: usize) -> Vec<Value> {
    let (what, words) = facts::name(row);
    let (planned, begin) = (micros(row.planned), micros(row.begin()));
    let mut events = Vec::new();
    if begin > planned {
        events.push(json!({
            "ph": "X", "cat": "wait", "name": format!("{what} waits"),
            "pid": process, "tid": lane, "ts": planned, "dur": begin - planned,
        }));
    }
    let mut known: serde_json::Map<String, Value> =
        facts::facts(row).into_iter().map(|(name, value)| (name, value.into())).collect();
    known.insert("command".to_owned(), format!("{what} {words}").into());
    known.insert("ended".to_owned(), row.status().into());
    let mut slice = json!({
        "ph": "X", "cat": row.state().name(), "name": what,
        "pid": process, "tid": lane, "ts": begin, "dur": end.saturating_sub(begin),
        "args": known,
    });
    // Colours have names there, and only some of them.
    let colour = match row.state().name() {
        "failed" => Some("terrible"),
        "stopped" | "refused" => Some("bad"),
        _ => None,
    };
    if let (Some(colour), Some(slice)) = (colour, slice.as_object_mut()) {
        slice.insert("cname".to_owned(), colour.into());
    }
    events.push(slice);
    for mark in &row.marks {
        events.push(json!({
            "ph": "i", "s": "t", "cat": mark.kind, "name": mark.text,
            "pid": process, "tid": lane, "ts": micros(mark.at),
        }));
    }
    events
}

fn is_pipeline(row: &Row) -> bool {
    matches!(row.what, What::Pipeline(_))
}

/// Where the slice of a row begins that may be a stage.
#[derive(Clone, Copy)]
struct Stage {
    row: usize,
    /// The time, the process, the lane.
    at: (u64, usize, usize),
}

impl Stage {
    /// Returns the two ends of an arrow, which belong to the slices that are there at that time.
    fn arrow_to(&self, next: &Self) -> [Value; 2] {
        let end = |phase: &str, (time, process, lane): (u64, usize, usize)| {
            json!({
                "ph": phase, "bp": "e", "cat": "pipe", "name": "pipe", "id": next.row,
                "pid": process, "tid": lane, "ts": time,
            })
        };
        let (time, process, lane) = next.at;
        [end("s", self.at), end("f", (time.max(self.at.0), process, lane))]
    }
}

fn name(what: &str, process: usize, lane: usize, text: &str) -> Value {
    json!({ "ph": "M", "name": what, "pid": process, "tid": lane, "args": { "name": text } })
}

/// Which lanes are taken, and until when.
#[derive(Default)]
struct Lanes(std::collections::HashMap<usize, Vec<u64>>);

impl Lanes {
    /// Takes the first lane of a process that is free from `begin`, until `end`; returns whether it is a new one, too.
    fn take(&mut self, process: usize, begin: u64, end: u64) -> (usize, bool) {
        let lanes = self.0.entry(process).or_default();
        match lanes.iter().position(|until| *until <= begin) {
            Some(free) => {
                if let Some(until) = lanes.get_mut(free) {
                    *until = end;
                }
                (free + 1, false)
            }
            None => {
                lanes.push(end);
                (lanes.len(), true)
            }
        }
    }
}
