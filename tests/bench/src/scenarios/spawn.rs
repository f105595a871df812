//! What it costs to start a tiny program and to wait for its end, without input and output.
//!
//! A parent that has touched 2 GiB shows whether a spawn copies page tables, and one with many open files what
//! copying and closing its descriptors costs. `placed` has a directory, a `PATH` and another variable; `bare` is the
//! own spawn without the typed command around it; `dressed` is the same with umask, niceness, limits and ids, and
//! `session` with a session, which has a column of its own because it costs the kernel more than all of these.

use super::{beside, columns};
use crate::peers::{async_process, bare, cmd_lib, cuprum, duct, std_process, subprocess, tokio_process};
use crate::{Bench, Column, Goal, Pace, Parent, Scenario};

pub(crate) fn bench() -> Bench {
    let scenario = |name, touched_mib, goals| Scenario {
        name,
        columns: all(),
        parent: Parent { touched_mib, one_core: true, ..Parent::default() },
        pace: Pace::QUICK,
        goals,
    };
    let small =
        vec![beside("std", 0.85), beside("tokio", 0.83), beside("bare", 1.10), PLACED, DRESSED, SESSION];
    let large = vec![
        beside("std", 0.90),
        beside("subprocess", 0.003),
        beside("bare", 1.10),
        PLACED,
        DRESSED,
        SESSION,
    ];
    Bench { name: "spawn", scenarios: vec![scenario("small", 0, small), scenario("2-gib", 2048, large)] }
}

pub(crate) fn with_files() -> Bench {
    let scenario = Scenario {
        name: "10k-open",
        columns: all(),
        parent: Parent { open_files: 10_000, opens_them: true, one_core: true, ..Parent::default() },
        pace: Pace::QUICK,
        // A spawn that copies no descriptors takes a fifth.
        goals: vec![beside("std", 0.20), beside("bare", 1.10)],
    };
    Bench { name: "fds", scenarios: vec![scenario] }
}

fn all() -> Vec<Column> {
    columns([
        ("cuprum", cuprum::spawn),
        ("std", std_process::spawn),
        ("tokio", tokio_process::spawn),
        ("duct", duct::spawn),
        ("subprocess", subprocess::spawn),
        ("cmd_lib", cmd_lib::spawn),
        ("async-process", async_process::spawn),
        ("cuprum-std", cuprum::spawn_std),
        ("placed", cuprum::spawn_placed),
        ("bare", bare::spawn),
        ("dressed", bare::dressed),
        ("session", bare::session),
    ])
}

const PLACED: Goal = Goal { own: "placed", peer: "cuprum", most: 1.05 };
const SESSION: Goal = Goal { own: "session", peer: "bare", most: 1.10 };
const DRESSED: Goal = Goal { own: "dressed", peer: "bare", most: 1.05 };
