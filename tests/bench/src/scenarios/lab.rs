//! What it costs to run one command in the lab, which must be cheap enough for thousands of seeds.
//!
//! The goal is a time and not a ratio, so one column just takes that long: 20 microseconds. `std` starts a real
//! process.

use super::{beside, columns};
use crate::peers::{lab, std_process};
use crate::{Bench, Pace, Parent, Scenario};

pub(crate) fn bench() -> Bench {
    let one = Scenario {
        name: "one",
        columns: columns([
            ("cuprum", lab::run),
            ("20-us", lab::most),
            ("seeded", lab::seeded),
            ("awaited", lab::awaited),
            ("waited", lab::waited),
            ("std", std_process::spawn),
        ]),
        parent: Parent { one_core: true, ..Parent::default() },
        pace: Pace::QUICK,
        goals: vec![beside("20-us", 1.0)],
    };
    Bench { name: "lab", scenarios: vec![one] }
}
