//! What it costs to keep what a program prints: a line, and 256 MiB.
//!
//! The column `limit` reads into memory that was touched before, through a pipe of 256 KiB. What a library keeps is
//! new memory, of which the kernel must clear each page.

use super::{beside, columns};
use crate::peers::{async_process, cmd_lib, cuprum, duct, std_process, subprocess, tokio_process};
use crate::{Bench, Pace, Parent, Scenario};

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
        ]),
        parent: Parent { one_core: true, ..Parent::default() },
        pace: Pace::QUICK,
        goals: vec![beside("std", 0.90), beside("tokio", 0.83), beside("duct", 0.70)],
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
    Bench { name: "capture", scenarios: vec![hi, flood] }
}
