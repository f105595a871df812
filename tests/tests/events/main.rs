//! What observers are told of runs, and what hooks are asked.

mod ends;
mod hooks;
mod json;
mod observers;
mod order;
mod shown;

use cuprum::spec::SafeCmd;
use cuprum::{Cx, Lab};
use cuprum_tests::{Probe, Recorded, scripted};

/// Where the test program lies in the lab.
const LAB: &str = "/lab/bin/probe";

/// Returns a run of the test program in the lab.
fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(LAB, words)
}

/// Returns a lab, a context of it, and what is told there.
fn world() -> (Lab, Cx, Recorded) {
    let (lab, recorded) = (scripted::lab(), Recorded::default());
    let cx = lab.cx().with_observer(recorded.clone());
    (lab, cx, recorded)
}

/// Returns a lab in which the test program does what its words say.
fn scripted_lab() -> Lab {
    scripted::lab()
}
