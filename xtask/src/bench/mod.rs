//! `cargo xtask bench NAME`: measures Cuprum against its peers.

mod build;
mod compile;
mod measure;

use crate::Failure;
use crate::names::unknown;
use crate::table::Table;

/// A bench and what it measures.
struct Bench {
    name: &'static str,
    about: &'static str,
}

/// The benches of the bench program.
const MEASURED: &[Bench] = &[
    Bench {
        name: "spawn",
        about: "a tiny program, started and waited for, by a small parent and one of 2 GiB",
    },
    Bench { name: "fds", about: "the same, by a parent with 10,000 open descriptors" },
    Bench {
        name: "capture",
        about: "a line that is kept, and 256 MiB, also with a copy to nowhere and to a file",
    },
    Bench { name: "lines", about: "five million lines, cut" },
    Bench {
        name: "pipeline",
        about: "256 MiB through three stages, also where the parent counts or copies them, and two tiny stages",
    },
    Bench {
        name: "observers",
        about: "a spawn and five million lines, with nobody and with somebody who watches",
    },
    Bench { name: "many", about: "1000 programs, 8 and 64 at once, and 2000 alive at the same time" },
    Bench { name: "kill", about: "a group of two, until both are gone" },
    Bench { name: "lab", about: "one command in the lab, without a process" },
];

const ALL: Bench = Bench { name: "all", about: "all of these, which takes about ten minutes" };
const COMPILE: Bench =
    Bench { name: "compile", about: "checking 200 derived structs, and the code they become" };
const BUILD: Bench = Bench { name: "build", about: "compiling the builders from nothing, as a user does" };

pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let Some((name, options)) = args.split_first() else {
        println!("{}\n\n  `cargo xtask bench NAME [--rounds N] [--json]`; the default is 9 rounds", list());
        return Ok(());
    };
    match name.as_str() {
        "build" => build::run(options),
        "compile" => compile::run(options),
        "all" => measure::run(&MEASURED.iter().map(|bench| bench.name).collect::<Vec<_>>(), options),
        name if MEASURED.iter().any(|bench| bench.name == name) => measure::run(&[name], options),
        name => Err(Failure::Usage(unknown("bench", name, benches().map(|bench| bench.name)))),
    }
}

fn benches() -> impl Iterator<Item = &'static Bench> + Clone {
    MEASURED.iter().chain([&ALL, &BUILD, &COMPILE])
}

fn list() -> Table {
    let mut table = Table::new(&["bench", "what it measures"]);
    for bench in benches() {
        table.row([bench.name, bench.about]);
    }
    table
}
