//! What it costs to cut five million lines.
//!
//! `std` reads each into the buffer of the last one, the other libraries make each a `String` of its own, and
//! `limit` only finds where they end.

use super::{beside, columns};
use crate::peers::{async_process, cmd_lib, cuprum, duct, std_process, subprocess, tokio_process};
use crate::{Bench, Pace, Parent, Scenario};

pub(crate) fn bench() -> Bench {
    let owned = Scenario {
        name: "5-million",
        columns: columns([
            ("cuprum", cuprum::lines),
            ("std", std_process::lines),
            ("tokio", tokio_process::lines),
            ("duct", duct::lines),
            ("subprocess", subprocess::lines),
            ("cmd_lib", cmd_lib::lines),
            ("async-process", async_process::lines),
            ("limit", std_process::lines_limit),
        ]),
        parent: Parent::default(),
        pace: Pace::SLOW,
        goals: vec![beside("tokio", 0.80)],
    };
    Bench { name: "lines", scenarios: vec![owned] }
}
