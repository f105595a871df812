//! Builds the bench program and what it starts, and runs its benches.

use std::path::PathBuf;

use crate::Failure;
use crate::tools::{Tool, find, target};

/// The programs that benches start, all made from one source.
const CHILDREN: &[&str] = &["tiny", "hi", "flood", "pass", "drain", "lines", "nap", "family"];

pub(super) fn run(names: &[&str], options: &[String]) -> Result<(), Failure> {
    let children = children()?;
    let build = ["build", "--quiet", "--release", "--package", "cuprum-bench"];
    if !Tool::cargo().args(build).run()? {
        return Err(Failure::Failed("the bench does not build".to_owned()));
    }
    for name in names {
        let program = target().join("release/cuprum-bench");
        let bench =
            Tool::new(program).args([name]).args(options).args(["--children".as_ref(), children.as_os_str()]);
        if !bench.run()? {
            return Err(Failure::Failed(format!("the bench {name} failed")));
        }
    }
    // What the copying ones leave is large.
    let _ = std::fs::remove_file(children.join("copy"));
    Ok(())
}

/// Builds the programs that benches start, and returns their folder.
fn children() -> Result<PathBuf, Failure> {
    if find("cc").is_none() {
        return Err(Failure::Failed("the children that benches start need a C compiler, `cc`".to_owned()));
    }
    let folder = target().join("xtask/children");
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failure::Failed(format!("cannot make {}: {error}", folder.display())))?;
    for child in CHILDREN {
        let which = format!("-D{}", child.to_uppercase());
        let flags = ["-O2", "-static", "-nostdlib", "-ffreestanding", "-mgeneral-regs-only", &which];
        let source = ["tests/bench/src/children.c", "-o"];
        let compiled = Tool::new("cc").args(flags).args(source).args([folder.join(child)]).captured()?;
        if !compiled.success {
            let output = compiled.output;
            return Err(Failure::Failed(format!("{output}\nthe child {child} did not compile")));
        }
    }
    Ok(folder)
}
