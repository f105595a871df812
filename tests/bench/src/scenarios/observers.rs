//! What it costs that somebody watches: on a spawn, and on five million lines that are captured.
//!
//! `cuprum` has no observers; `all` has a log, metrics, spans and a timeline at once. `inline` and `queued` are functions that do
//! nothing, and `read` looks at each line.

use super::columns;
use crate::peers::observed::{self as by, lines, spawn};
use crate::{Bench, Goal, Pace, Parent, Scenario};

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
        ]),
        parent: Parent { one_core: true, ..Parent::default() },
        pace: Pace::QUICK,
        goals: vec![Goal { own: "all", peer: "cuprum", most: 1.03 }],
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
    Bench { name: "observers", scenarios: vec![spawn, lines] }
}
