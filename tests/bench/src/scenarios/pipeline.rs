//! What it costs to join stages: 256 MiB through three of them, with and without the parent between, and two tiny ones.
//!
//! `limit` is std with pipes as large as Cuprum's, and `sh` is the shell. Where the parent is between the first two
//! stages, `direct` is the same pipeline without it, and `tokio` copies in the way of its users (`tokio::io::copy`).
//! `copied` does what `cuprum` does, which splices, by way of a buffer, and `looked-at` gives each chunk to a function.

use super::{beside, columns};
use crate::peers::{cmd_lib, cuprum, duct, shell, std_process, subprocess, tokio_process};
use crate::{Bench, Goal, Pace, Parent, Scenario};

pub(crate) fn bench() -> Bench {
    let peers = ["std", "tokio", "duct", "subprocess", "cmd_lib", "sh"];
    let stages = Scenario {
        name: "256-mib",
        columns: columns([
            ("cuprum", cuprum::pipeline),
            ("std", std_process::pipeline),
            ("tokio", tokio_process::pipeline),
            ("duct", duct::pipeline),
            ("subprocess", subprocess::pipeline),
            ("cmd_lib", cmd_lib::pipeline),
            ("sh", shell::pipeline),
            ("limit", std_process::pipeline_limit),
        ]),
        parent: Parent::default(),
        pace: PACE,
        goals: peers.map(|peer| beside(peer, 0.85)).into_iter().chain([beside("limit", 1.05)]).collect(),
    };
    let observed = Scenario {
        name: "256-mib-counted",
        columns: columns([
            ("cuprum", cuprum::pipeline_counted),
            ("copied", cuprum::pipeline_copied),
            ("looked-at", cuprum::pipeline_looked_at),
            ("tokio", tokio_process::pipeline_pumped),
            ("direct", cuprum::pipeline),
        ]),
        parent: Parent::default(),
        pace: PACE,
        goals: vec![
            beside("tokio", 0.70),
            beside("direct", 1.15),
            Goal { own: "looked-at", peer: "tokio", most: 0.70 },
        ],
    };
    let tiny = Scenario {
        name: "two-tiny",
        columns: columns([
            ("cuprum", cuprum::pipeline_tiny),
            ("std", std_process::pipeline_tiny),
            ("tokio", tokio_process::pipeline_tiny),
            ("duct", duct::pipeline_tiny),
            ("subprocess", subprocess::pipeline_tiny),
            ("cmd_lib", cmd_lib::pipeline_tiny),
            ("sh", shell::pipeline_tiny),
        ]),
        parent: Parent::default(),
        pace: Pace::QUICK,
        goals: vec![beside("std", 0.90), beside("tokio", 0.83)],
    };
    Bench { name: "pipeline", scenarios: vec![stages, observed, tiny] }
}

/// How fast the bytes flow depends on which core each stage happens to be on, so there are more laps than elsewhere.
const PACE: Pace = Pace { warm_up: 1, laps: 9 };
