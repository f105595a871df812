//! Measures Cuprum against its peers, as ratios of one run.
//!
//! `cargo xtask bench NAME` builds and starts this program. It starts itself again for each sample, so that
//! no sample inherits the state of another.

mod arguments;
mod laps;
mod report;
mod rounds;
mod spawn;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use arguments::{Arguments, Task};
use laps::Laps;

/// What fails, fails the whole bench.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A thing that is measured in several ways.
struct Bench {
    name: &'static str,
    /// The ways. The first one is the peer that the others are compared with.
    columns: Vec<Column>,
    /// What the measuring process is like while it measures.
    parents: &'static [Parent],
    /// Whether parent and child stay on one core. Where they take turns, the time it takes to wake another
    /// core comes and goes between rounds, and hides what is measured.
    one_core: bool,
}

/// One way to do what is measured.
struct Column {
    name: &'static str,
    /// Does it again and again, with the program that is to be started, until there are enough laps.
    run: fn(&Path, &mut Laps) -> Result<()>,
}

/// What the measuring process is like: how much memory it has touched, how many files it has open.
struct Parent {
    name: &'static str,
    touched_mib: usize,
    open_files: usize,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match Arguments::read(&args).and_then(|arguments| run(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let benches = [spawn::bench()];
    if arguments.task == Task::Help {
        println!("{}", arguments::HELP);
        return Ok(());
    }
    let Some(bench) = benches.iter().find(|bench| bench.name == arguments.bench) else {
        return Err(format!("no bench `{}`", arguments.bench).into());
    };
    match &arguments.task {
        Task::Sample { column, parent } => rounds::sample(bench, column, parent, &arguments.child),
        Task::Measure { rounds, json } => {
            let cells = rounds::measure(bench, *rounds, &arguments.child)?;
            print!(
                "{}",
                if *json { report::json(bench, *rounds, &cells) } else { report::table(bench, &cells) }
            );
            Ok(())
        }
        Task::Help => Ok(()),
    }
}
