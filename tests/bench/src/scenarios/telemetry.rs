//! What the observers that come with Cuprum cost, with the libraries behind them: on a spawn, and on five million lines
//! that are captured.
//!
//! `cuprum` has no observers; `all` has a log, metrics, spans and a timeline at once. `inline` and `queued` are
//! functions that do nothing, and `read` looks at each line. Those by `hand` have no observers, and the caller's code
//! makes the same records, metrics and spans by the same libraries: what is beyond them is Cuprum's. With
//! `no-process` nothing is started, so that instructions can be counted: `valgrind --tool=callgrind cuprum-bench
//! telemetry --scenario no-process --column all`.

use super::columns;
use crate::peers::by_hand;
use crate::peers::telemetry::{self as by, lines, no_process, spawn, spawn_linked};
use crate::{Bench, Goal, Pace, Parent, Scenario};

/// Of a full set: beside nobody who watches, and beside the libraries alone.
const GOALS: &[Goal] =
    &[Goal { own: "all", peer: "cuprum", most: 1.03 }, Goal { own: "all", peer: "all-hand", most: 1.03 }];

pub(crate) fn bench() -> Bench {
    let spawn = Scenario {
        name: "spawn",
        columns: columns([
            ("cuprum", spawn::<{ by::NONE }>),
            ("inline", spawn::<{ by::INLINE }>),
            ("queued", spawn::<{ by::QUEUED }>),
            ("log", spawn::<{ by::LOG }>),
            ("metrics", spawn::<{ by::METRICS }>),
            ("spans", spawn::<{ by::SPANS }>),
            ("timeline", spawn::<{ by::TIMELINE }>),
            ("json", spawn::<{ by::JSON }>),
            ("all", spawn::<{ by::ALL }>),
            ("log-hand", by_hand::spawn::<{ by::LOG }>),
            ("metrics-hand", by_hand::spawn::<{ by::METRICS }>),
            ("spans-hand", by_hand::spawn::<{ by::SPANS }>),
            ("timeline-hand", by_hand::spawn::<{ by::TIMELINE }>),
            ("all-hand", by_hand::spawn::<{ by::ALL }>),
        ]),
        parent: Parent { one_core: true, ..Parent::default() },
        pace: Pace::QUICK,
        goals: GOALS.to_vec(),
    };
    let linked = Scenario {
        name: "spawn-linked",
        columns: columns([
            ("cuprum", spawn_linked::<{ by::NONE }>),
            ("inline", spawn_linked::<{ by::INLINE }>),
            ("all", spawn_linked::<{ by::ALL }>),
            ("all-hand", by_hand::spawn_linked::<{ by::ALL }>),
        ]),
        parent: Parent { one_core: true, ..Parent::default() },
        pace: Pace::QUICK,
        goals: GOALS.to_vec(),
    };
    let no_process = Scenario {
        name: "no-process",
        columns: columns([
            ("cuprum", no_process::<{ by::NONE }>),
            ("inline", no_process::<{ by::INLINE }>),
            ("queued", no_process::<{ by::QUEUED }>),
            ("log", no_process::<{ by::LOG }>),
            ("metrics", no_process::<{ by::METRICS }>),
            ("spans", no_process::<{ by::SPANS }>),
            ("timeline", no_process::<{ by::TIMELINE }>),
            ("json", no_process::<{ by::JSON }>),
            ("all", no_process::<{ by::ALL }>),
            ("log-hand", by_hand::no_process::<{ by::LOG }>),
            ("metrics-hand", by_hand::no_process::<{ by::METRICS }>),
            ("spans-hand", by_hand::no_process::<{ by::SPANS }>),
            ("timeline-hand", by_hand::no_process::<{ by::TIMELINE }>),
            ("all-hand", by_hand::no_process::<{ by::ALL }>),
        ]),
        parent: Parent { one_core: true, ..Parent::default() },
        pace: Pace { warm_up: 500, laps: 2500 },
        goals: Vec::new(),
    };
    let lines = Scenario {
        name: "5-million-lines",
        columns: columns([
            ("cuprum", lines::<{ by::NONE }>),
            ("log", lines::<{ by::LOG }>),
            ("metrics", lines::<{ by::METRICS }>),
            ("all", lines::<{ by::ALL }>),
            ("read", lines::<{ by::READ }>),
        ]),
        parent: Parent::default(),
        pace: Pace::SLOW,
        goals: vec![Goal { own: "all", peer: "cuprum", most: 1.10 }],
    };
    Bench { name: "telemetry", scenarios: vec![spawn, linked, no_process, lines] }
}
