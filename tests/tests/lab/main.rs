//! The scripted world: how its processes behave, what it finds, what it tells.

mod answers;
mod batches;
mod explore;
mod graphs;
mod machine;
mod outcomes;
mod pipelines;
mod runtimes;
mod starts;
mod streams;

use std::time::Duration;

use cuprum::spec::SafeCmd;
use cuprum_tests::Probe;

const SECOND: Duration = Duration::from_secs(1);

/// A run of the test program, where the lab has installed it.
fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe("/lab/bin/probe", words)
}
