//! What observers cost: of a start, and of five million lines that are looked at.
//!
//! `full` are metrics, which count lines, too, a log through `tracing` that nobody subscribes to, and a log of JSON with
//! a thread. `read` looks at
//! each line a second time, which has no goal: that is work of its own. The first column is the same without observers.

use super::columns;
use crate::peers::observed;
use crate::{Bench, Goal, Pace, Parent, Scenario};

pub(crate) fn bench() -> Bench {
    let goal = |own, most| Goal { own, peer: "cuprum", most };
    let spawn = Scenario {
        name: "spawn",
        columns: columns([
            ("cuprum", observed::spawn),
            ("metrics", observed::spawn_metrics),
            ("full", observed::spawn_full),
            ("hooked", observed::spawn_hooked),
        ]),
        parent: Parent::default(),
        pace: Pace::QUICK,
        goals: vec![goal("metrics", 1.03), goal("full", 1.03), goal("hooked", 1.03)],
    };
    let lines = Scenario {
        name: "5-million-lines",
        columns: columns([
            ("cuprum", observed::lines),
            ("metrics", observed::lines_metrics),
            ("full", observed::lines_full),
            ("read", observed::lines_read),
        ]),
        parent: Parent::default(),
        pace: Pace::SLOW,
        goals: vec![goal("metrics", 1.10), goal("full", 1.10)],
    };
    Bench { name: "observe", scenarios: vec![spawn, lines] }
}
