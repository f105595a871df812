//! Events as lines of JSON.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cuprum::event::{Delivery, LineInterest};
use cuprum::lab::{Lab, Script};
use cuprum::observe::{Collector, JsonLines};
use cuprum::prelude::*;
use serde_json::Value;
use tracing::Level;

use crate::scene::{Git, Told};

/// A writer that can be looked at.
#[derive(Clone, Default)]
pub struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn lab() -> Lab {
    Lab::new().on_program::<Git>(Script::stdout(b"one\n\x1b[31mtwo \"\\\xff\n").stderr("three\n"))
}

#[test]
fn each_event_is_one_object_on_one_line() {
    let (out, collector) = (Shared::default(), Collector::new());
    let lab = lab();
    let json = JsonLines::new(out.clone()).with_lines(LineInterest::Read);
    let cx = lab.cx().with_observer(json).with_observer(collector.clone()).with_tag("team", "ops");
    let odd = "a\nb\"</script>";
    lab.run(async { cx.run(cmd!(Git, "log {odd}")).await }).unwrap();
    let delivered = cx.flush_observers(Duration::from_secs(60));
    assert!(delivered[0].is_complete(), "{delivered:?}");
    let events: Vec<Value> = out.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, collector.names());
    assert_eq!(events[0]["words"], serde_json::json!(["log", odd]));
    assert_eq!(events[0]["tags"]["team"], "ops");
    assert!(events.iter().all(|event| event["v"] == 1 && event["id"] == events[0]["id"]));
    assert!(out.text().ends_with('\n') && !out.text().contains('\u{1b}'));
}

#[test]
fn lines_are_left_out_unless_they_are_asked_for() {
    let out = Shared::default();
    let lab = lab();
    let cx = lab.cx().with_observer(JsonLines::new(out.clone()).with_delivery(Delivery::Inline));
    lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
    assert_eq!(out.text().lines().count(), 3);
    assert!(!out.text().contains("three"));
}

/// A disk that is full after so many bytes.
struct Full(usize, Shared);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = bytes.len().min(self.0);
        self.0 -= room;
        self.1.write_all(&bytes[..room])?;
        if room == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(room) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_writer_that_fails_is_reported_once_and_fails_no_run() {
    let out = Shared::default();
    let told = Told::during(Level::WARN, || {
        let lab = lab();
        let json = JsonLines::new(Full(100, out.clone())).with_delivery(Delivery::Inline);
        let cx = lab.cx().with_observer(json);
        lab.run(async {
            cx.run(cmd!(Git, "log")).await.unwrap();
            cx.run(cmd!(Git, "log")).await.unwrap();
        });
    });
    assert_eq!(told.messages("cuprum::observe"), ["events cannot be written, and no more are"]);
    assert_eq!(out.text().len(), 100);
}
