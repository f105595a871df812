//! What it costs to end a group of two processes, until both are gone.
//!
//! Cuprum asks first and looks whether they obey; the others kill at once. `duct` and `cmd_lib` leave the grandchild
//! alive, and have no column.

use super::{beside, columns};
use crate::peers::{async_process, cuprum, std_process, subprocess, tokio_process};
use crate::{Bench, Pace, Parent, Scenario};

pub(crate) fn bench() -> Bench {
    let two = Scenario {
        name: "a-group",
        columns: columns([
            ("cuprum", cuprum::kill),
            ("std", std_process::kill),
            ("tokio", tokio_process::kill),
            ("subprocess", subprocess::kill),
            ("async-process", async_process::kill),
        ]),
        parent: Parent::default(),
        pace: Pace::QUICK,
        goals: vec![beside("std", 1.02), beside("tokio", 1.02)],
    };
    Bench { name: "kill", scenarios: vec![two] }
}
