//! What it costs to start a thousand tiny programs, some at once, and to have two thousand alive at the same time.
//!
//! Libraries that block get a thread for each that is under way, the others a task; `-mt` is a runtime of a thread for
//! each core. Of those that live for two seconds, the time beyond these is what counts.

use super::{beside, columns};
use crate::peers::{async_process, bare, cmd_lib, cuprum, duct, std_process, subprocess, tokio_process};
use crate::{Bench, Goal, Pace, Parent, Scenario};

pub(crate) fn bench() -> Bench {
    let live = Scenario {
        name: "2000-alive",
        columns: columns([
            ("cuprum", cuprum::live),
            ("std", std_process::live),
            ("tokio", tokio_process::live),
            ("duct", duct::live),
            ("subprocess", subprocess::live),
            ("cmd_lib", cmd_lib::live),
            ("async-process", async_process::live),
        ]),
        parent: Parent { open_files: 5000, ..Parent::default() },
        pace: Pace::ONCE,
        goals: vec![beside("tokio", 0.95)],
    };
    Bench { name: "many", scenarios: vec![at_once::<8>("8-at-once"), at_once::<64>("64-at-once"), live] }
}

fn at_once<const N: usize>(name: &'static str) -> Scenario {
    Scenario {
        name,
        columns: columns([
            ("cuprum", cuprum::many::<N>),
            ("cuprum-mt", cuprum::many_mt::<N>),
            ("std", std_process::many::<N>),
            ("tokio", tokio_process::many::<N>),
            ("tokio-mt", tokio_process::many_mt::<N>),
            ("duct", duct::many::<N>),
            ("subprocess", subprocess::many::<N>),
            ("cmd_lib", cmd_lib::many::<N>),
            ("async-process", async_process::many::<N>),
            ("bare", bare::many::<N>),
        ]),
        parent: Parent::default(),
        pace: Pace::SLOW,
        goals: vec![
            beside("std", 0.82),
            beside("tokio", 0.60),
            beside("bare", 1.35),
            Goal { own: "cuprum-mt", peer: "tokio-mt", most: 0.75 },
            Goal { own: "cuprum-mt", peer: "std", most: 0.82 },
        ],
    }
}
