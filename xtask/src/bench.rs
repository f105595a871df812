//! `cargo xtask bench NAME`: builds the bench program and what it starts, and runs it.

use std::path::PathBuf;

use crate::Failure;
use crate::names::unknown;
use crate::table::Table;
use crate::tools::{Tool, find, target};

/// The benches of `tests/bench`, and what each measures.
const BENCHES: &[(&str, &str)] = &[("spawn", "starting a tiny static program and waiting for it")];

pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let Some((name, options)) = args.split_first() else {
        return Err(Failure::Usage(format!("which bench?\n\n{}", list())));
    };
    if !BENCHES.iter().any(|(bench, _)| bench == name) {
        return Err(Failure::Usage(unknown("bench", name, BENCHES.iter().map(|(bench, _)| *bench))));
    }
    let child = tiny_child()?;
    let build = ["build", "--quiet", "--release", "--package", "cuprum-bench"];
    if !Tool::cargo().args(build).run()? {
        return Err(Failure::Failed("the bench does not build".to_owned()));
    }
    let program = target().join("release/cuprum-bench");
    let bench = Tool::new(program).args([name]).args(options).args(["--child".as_ref(), child.as_os_str()]);
    if bench.run()? { Ok(()) } else { Err(Failure::Failed(format!("the bench {name} failed"))) }
}

fn list() -> Table {
    let mut table = Table::new(&["bench", "what it measures"]);
    for (name, about) in BENCHES {
        table.row([*name, *about]);
    }
    table
}

/// Builds the program that the benches start.
fn tiny_child() -> Result<PathBuf, Failure> {
    if find("cc").is_none() {
        return Err(Failure::Failed("the child that benches start needs a C compiler, `cc`".to_owned()));
    }
    let folder = target().join("xtask");
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failure::Failed(format!("cannot make {}: {error}", folder.display())))?;
    let child = folder.join("tiny");
    let source = "tests/bench/src/spawn/tiny.c";
    let compiled =
        Tool::new("cc").args(["-O2", "-static", "-nostdlib", source, "-o"]).args([&child]).captured()?;
    if compiled.success {
        return Ok(child);
    }
    Err(Failure::Failed(format!("{}\nthe child that benches start did not compile", compiled.output)))
}
