//! The steps of `ci`, in their order: the quick ones first.

use super::{Done, Step, alone, package};
use crate::test::{Counts, cargo_test, verdict};
use crate::tools::{Tool, find};
use crate::{Failure, setup, tidy, verify};

pub(super) const STEPS: &[Step] = &[
    Step { name: "fmt", about: "the code is formatted", run: fmt },
    Step { name: "tidy", about: "the rules of the workspace are kept", run: tidy },
    Step { name: "clippy", about: "no warnings in any package and target", run: clippy },
    Step { name: "test", about: "all tests pass", run: test },
    Step { name: "bench", about: "the tests of the benches and of `verify` pass", run: bench },
    Step { name: "verify", about: "the builders know the options of the installed tools", run: verify },
    Step { name: "docs", about: "the documentation builds, and its links lead somewhere", run: docs },
    Step {
        name: "alone",
        about: "each package builds alone, with none and with each of its features",
        run: alone::run,
    },
    Step {
        name: "package",
        about: "what would be published can be packaged, and builds from that",
        run: package::run,
    },
    Step { name: "deny", about: "licenses, sources and versions of dependencies are allowed", run: deny },
];

/// Runs a program as a step, without a note if it succeeds.
pub(super) fn pass(tool: Tool) -> Result<Done, Failure> {
    let line = tool.to_string();
    let finished = tool.captured()?;
    Ok(match finished.success {
        true => Done::Passed(String::new()),
        false => Done::Failed(format!("{}\n`{line}` failed", finished.output)),
    })
}

fn fmt() -> Result<Done, Failure> {
    pass(Tool::cargo().args(["fmt", "--all", "--check"]))
}

fn clippy() -> Result<Done, Failure> {
    pass(Tool::cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--",
        "-D",
        "warnings",
    ]))
}

fn tidy() -> Result<Done, Failure> {
    let report = tidy::check()?;
    Ok(match report.breaches {
        0 => Done::Passed(report.verdict()),
        _ => Done::Failed(report.text),
    })
}

fn test() -> Result<Done, Failure> {
    setup::quietly()?;
    let finished = cargo_test(&[]).captured()?;
    let counts = Counts::of(&finished.output);
    Ok(match verdict(finished.success, &counts) {
        Ok(()) => Done::Passed(counts.to_string()),
        Err(_) => Done::Failed(format!("{}\n{counts}", finished.output)),
    })
}

/// The benches and the program that verifies are no default members, so that `test` does not build them.
fn bench() -> Result<Done, Failure> {
    pass(Tool::cargo().args(["test", "--package", "cuprum-bench", "--package", "cuprum-verify"]))
}

fn verify() -> Result<Done, Failure> {
    setup::quietly()?;
    let finished = verify::tool().captured()?;
    let last = finished.output.trim_end().lines().last().unwrap_or_default().to_owned();
    Ok(if finished.success { Done::Passed(last) } else { Done::Failed(finished.output) })
}

fn docs() -> Result<Done, Failure> {
    pass(Tool::cargo().args(["doc", "--no-deps", "--workspace"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// Advisories are not among these: they change without the code, and need the network.
fn deny() -> Result<Done, Failure> {
    if find("cargo-deny").is_none() {
        return Ok(Done::Skipped("cargo-deny is not installed".to_owned()));
    }
    pass(Tool::cargo().args(["deny", "--config", ".deny.toml", "check", "bans", "licenses", "sources"]))
}
