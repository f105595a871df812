//! What it costs to keep what a program prints: a line, and 256 MiB, also with a copy on the way.
//!
//! The column `limit` reads into memory that was touched before, through a pipe of 256 KiB. What a library keeps is
//! new memory, of which the kernel must clear each page.

use super::{beside, columns};
use crate::peers::{
    FILE, NULL, async_process, bare, cmd_lib, cuprum, duct, std_process, subprocess, tokio_process,
};
use crate::{Bench, Goal, Pace, Parent, Scenario};

pub(crate) fn bench() -> Bench {
    let hi = Scenario {
        name: "a-line",
        columns: columns([
            ("cuprum", cuprum::hi),
            ("std", std_process::hi),
            ("tokio", tokio_process::hi),
            ("duct", duct::hi),
            ("subprocess", subprocess::hi),
            ("cmd_lib", cmd_lib::hi),
            ("async-process", async_process::hi),
            ("bare", bare::hi),
        ]),
        parent: Parent { one_core: true, ..Parent::default() },
        pace: Pace::QUICK,
        goals: vec![beside("std", 0.90), beside("tokio", 0.83), beside("duct", 0.70), beside("bare", 1.15)],
    };
    let flood = Scenario {
        name: "256-mib",
        columns: columns([
            ("cuprum", cuprum::flood),
            ("std", std_process::flood),
            ("tokio", tokio_process::flood),
            ("duct", duct::flood),
            ("subprocess", subprocess::flood),
            ("cmd_lib", cmd_lib::flood),
            ("async-process", async_process::flood),
            ("limit", std_process::flood_limit),
        ]),
        parent: Parent::default(),
        pace: Pace::SLOW,
        goals: vec![beside("std", 0.50), beside("tokio", 0.50), beside("limit", 1.25)],
    };
    let null = tee::<NULL>("256-mib-and-null", vec![beside("std", 0.60), beside("limit", 1.20)]);
    let file = tee::<FILE>("256-mib-and-file", vec![beside("std", 0.80)]);
    Bench { name: "capture", scenarios: vec![hi, flood, null, file] }
}

/// What it costs to keep 256 MiB and to copy them as they come.
fn tee<const TO_FILE: bool>(name: &'static str, goals: Vec<Goal>) -> Scenario {
    Scenario {
        name,
        columns: columns([
            ("cuprum", cuprum::tee::<TO_FILE>),
            ("std", std_process::tee::<TO_FILE>),
            ("tokio", tokio_process::tee::<TO_FILE>),
            ("duct", duct::tee::<TO_FILE>),
            ("subprocess", subprocess::tee::<TO_FILE>),
            ("cmd_lib", cmd_lib::tee::<TO_FILE>),
            ("limit", std_process::tee_limit::<TO_FILE>),
        ]),
        parent: Parent::default(),
        pace: Pace::SLOW,
        goals,
    }
}
