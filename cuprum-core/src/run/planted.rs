//! Bugs that are planted in the teardown on purpose, to see that the lab finds them.

use std::cell::Cell;
use std::time::Duration;

use crate::lab::{Breach, Lab, Report, Script};
use crate::prelude::*;
use crate::spec::unchecked;

/// A mistake that a teardown could make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bug {
    /// It does not kill the group where its leader has ended within the grace.
    SparesTheGroup,
    /// It waits for the grace once more before it kills.
    WaitsAgain,
    /// It does nothing for a process whose run was dropped.
    ForgetsDropped,
}

thread_local! {
    static PLANTED: Cell<Option<Bug>> = const { Cell::new(None) };
}

/// Returns the bug that the teardowns of this thread have.
pub(super) fn planted() -> Option<Bug> {
    PLANTED.get()
}

pub(super) fn has(bug: Bug) -> bool {
    planted() == Some(bug)
}

/// A command that starts a stubborn child, and is stopped sooner or later.
async fn scenario(lab: Lab) {
    let run = unchecked::command("family").timeout(Duration::from_secs(5)).output();
    let other = unchecked::command("quick").timeout(Duration::from_millis(10)).output();
    let _ = tokio::join!(run, other, lab.sleep(Duration::from_secs(1)));
}

/// Explores the scenario with this bug.
fn explore(bug: Option<Bug>) -> Result<u64, Box<Report>> {
    let child = Script::new().ignore_term().hang();
    let family = Script::stdout("a").wait(Duration::from_secs(4)).fork(child).print("b").hang();
    let quick = Script::stdout("x").wait(Duration::from_millis(10)).ignore_term().hang();
    let lab = Lab::new().on_words(["family"], family).on_words(["quick"], quick);
    PLANTED.set(bug);
    let result = lab.explore(0..1000).cancels(50).try_run(scenario);
    PLANTED.set(None);
    result
}

#[test]
fn a_sound_teardown_breaks_no_rule() {
    assert_eq!(explore(None).unwrap(), 1000);
}

#[test]
fn a_group_that_is_spared_is_found() {
    let report = explore(Some(Bug::SparesTheGroup)).unwrap_err();
    assert!(report.breaches.iter().any(|breach| matches!(breach, Breach::Alive(_))), "{report}");
}

#[test]
fn a_teardown_that_takes_too_long_is_found() {
    let report = explore(Some(Bug::WaitsAgain)).unwrap_err();
    assert!(report.breaches.iter().any(|breach| matches!(breach, Breach::SlowTeardown(..))), "{report}");
}

#[test]
fn a_dropped_run_that_is_forgotten_is_found() {
    let report = explore(Some(Bug::ForgetsDropped)).unwrap_err();
    assert!(report.breaches.iter().any(|breach| matches!(breach, Breach::Alive(_))), "{report}");
}
