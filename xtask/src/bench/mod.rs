//! `cargo xtask bench NAME`: measures Cuprum against its peers.

mod compile;
mod spawn;

use crate::Failure;
use crate::names::unknown;
use crate::table::Table;

/// A bench: its name, what it measures, and the function that measures it.
struct Bench {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<(), Failure>,
}

const BENCHES: &[Bench] = &[
    Bench { name: "spawn", about: "starting a tiny static program and waiting for it", run: spawn::run },
    Bench {
        name: "compile",
        about: "checking 200 derived structs, and the code they become",
        run: compile::run,
    },
];

pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let Some((name, options)) = args.split_first() else {
        return Err(Failure::Usage(format!("which bench?\n\n{}", list())));
    };
    match BENCHES.iter().find(|bench| bench.name == name) {
        Some(bench) => (bench.run)(options),
        None => Err(Failure::Usage(unknown("bench", name, BENCHES.iter().map(|bench| bench.name)))),
    }
}

fn list() -> Table {
    let mut table = Table::new(&["bench", "what it measures"]);
    for bench in BENCHES {
        table.row([bench.name, bench.about]);
    }
    table
}
