//! `cargo xtask bench spawn`: builds the bench program and what it starts, and runs it.

use std::path::PathBuf;

use crate::Failure;
use crate::tools::{Tool, find, target};

pub(super) fn run(options: &[String]) -> Result<(), Failure> {
    let child = tiny_child()?;
    let build = ["build", "--quiet", "--release", "--package", "cuprum-bench"];
    if !Tool::cargo().args(build).run()? {
        return Err(Failure::Failed("the bench does not build".to_owned()));
    }
    let program = target().join("release/cuprum-bench");
    let bench =
        Tool::new(program).args(["spawn"]).args(options).args(["--child".as_ref(), child.as_os_str()]);
    if bench.run()? { Ok(()) } else { Err(Failure::Failed("the bench spawn failed".to_owned())) }
}

/// Builds the program that the bench starts.
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
