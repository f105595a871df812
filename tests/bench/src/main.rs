//! Measures Cuprum against its peers, as ratios of one run.
//!
//! `cargo xtask bench NAME` builds and starts this program. It starts itself again for each sample, so that
//! no sample inherits the state of another.

mod arguments;
mod at_once;
mod laps;
mod parent;
mod peers;
mod report;
mod rounds;
mod scenarios;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::{Arguments, Task};
use laps::{Laps, Pace};
use parent::Parent;

/// What fails, fails the whole bench.
type Fault = Box<dyn Error + Send + Sync>;
type Result<T> = std::result::Result<T, Fault>;

/// Scenarios that are measured together.
struct Bench {
    name: &'static str,
    scenarios: Vec<Scenario>,
}

/// A thing that is measured in several ways.
struct Scenario {
    name: &'static str,
    /// The ways. One of them is `cuprum`, and is compared with all others.
    columns: Vec<Column>,
    /// What the measuring process is like while it measures.
    parent: Parent,
    pace: Pace,
    goals: Vec<Goal>,
}

/// One way to do what is measured: does it again and again, until there are enough laps.
struct Column {
    name: &'static str,
    run: fn(&Children, &mut Laps) -> Result<()>,
}

/// What one column may take at most, as a part of what another one takes.
#[derive(Clone, Copy)]
struct Goal {
    own: &'static str,
    peer: &'static str,
    most: f64,
}

/// The programs that are started; they are made from `children.c`.
struct Children(PathBuf);

impl Children {
    /// How many bytes `flood` prints.
    const FLOOD: usize = 256 << 20;
    /// How many lines `lines` prints.
    const LINES: usize = 5_000_000;

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn folder(&self) -> &Path {
        &self.0
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match Arguments::read(&args).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(Arguments { bench, children, task }: Arguments) -> Result<()> {
    if task == Task::Help {
        println!("{}", arguments::HELP);
        return Ok(());
    }
    let children = Children(children);
    let benches = scenarios::benches();
    let Some(bench) = benches.iter().find(|other| other.name == bench) else {
        return Err(format!("no bench `{bench}`").into());
    };
    match task {
        Task::Sample { scenario, column } => rounds::sample(bench, &scenario, &column, &children),
        Task::Measure { rounds, json } => {
            for scenario in &bench.scenarios {
                let pairs = rounds::measure(bench, scenario, rounds, &children)?;
                let report = if json { report::json } else { report::table };
                print!("{}", report(bench, scenario, rounds, &pairs));
            }
            Ok(())
        }
        Task::Help => Ok(()),
    }
}
