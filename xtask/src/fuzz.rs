//! `cargo xtask fuzz`: the readers of outputs under cargo-fuzz, or driven by changed samples where it is missing.

use std::path::Path;

use crate::Failure;
use crate::names::unknown;
use crate::tools::{Tool, find, root, target};

/// For how many seconds a target runs unless the caller says otherwise.
const SECONDS: &str = "300";

/// Inputs are no longer than this: the formats repeat themselves.
const LONGEST: &str = "-max_len=4096";

pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let targets = targets(&root().join("tests/fuzz/fuzz_targets"))?;
    let (chosen, seconds) = arguments(args, &targets)?;
    let fuzzer = find("cargo-fuzz").is_some() && has_nightly()?;
    if !fuzzer {
        println!("without cargo-fuzz and a nightly compiler, samples are changed at random");
    }
    for name in chosen {
        println!("==> {name}, {seconds} seconds");
        let run = if fuzzer { fuzzed(name, seconds)? } else { driven(name, seconds) };
        if !run.run()? {
            return Err(Failure::Failed(format!("`{name}` has found something")));
        }
    }
    Ok(())
}

/// Returns a run of the fuzzer; what it learns is kept in the target folder.
fn fuzzed(name: &str, seconds: &str) -> Result<Tool, Failure> {
    let corpus = target().join("fuzz/corpus").join(name);
    std::fs::create_dir_all(&corpus)
        .map_err(|error| Failure::Failed(format!("cannot make {}: {error}", corpus.display())))?;
    let run = ["+nightly", "fuzz", "run", "--fuzz-dir", "tests/fuzz", "--sanitizer", "none", name];
    // No builder has unsafe code, so there is nothing for the address sanitizer.
    Ok(Tool::new("cargo")
        .args(run)
        .args([corpus.as_os_str(), "tests/cases/outputs".as_ref()])
        .args(["--", LONGEST, &format!("-max_total_time={seconds}")])
        .env("CARGO_TARGET_DIR", &target().join("fuzz").to_string_lossy()))
}

/// Returns a run of the test that drives the same functions.
fn driven(name: &str, seconds: &str) -> Tool {
    Tool::cargo()
        .args(["test", "--quiet", "--release", "--package", "cuprum-tests", "--test", "readers"])
        .args(["--", "--nocapture", "no_reader_panics"])
        .env("CUPRUM_FUZZ_TARGET", name)
        .env("CUPRUM_FUZZ_SECONDS", seconds)
}

fn has_nightly() -> Result<bool, Failure> {
    Ok(Tool::new("rustc").args(["+nightly", "-vV"]).captured()?.success)
}

/// Returns the names of the targets, sorted.
fn targets(folder: &Path) -> Result<Vec<String>, Failure> {
    let unreadable =
        |error: std::io::Error| Failure::Failed(format!("cannot read {}: {error}", folder.display()));
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        names.extend(path.file_stem().and_then(|name| name.to_str()).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// Reads `[NAME|all [SECONDS]]`.
fn arguments<'a>(args: &'a [String], targets: &'a [String]) -> Result<(Vec<&'a str>, &'a str), Failure> {
    let all = || targets.iter().map(String::as_str).collect();
    let chosen = match args.first().map(String::as_str) {
        None | Some("all") => all(),
        Some(name) if targets.iter().any(|target| target == name) => vec![name],
        Some(name) => {
            return Err(Failure::Usage(unknown("target", name, targets.iter().map(String::as_str))));
        }
    };
    match args.get(1..).unwrap_or_default() {
        [] => Ok((chosen, SECONDS)),
        [seconds] if seconds.parse::<u32>().is_ok() => Ok((chosen, seconds)),
        [other, ..] => Err(Failure::Usage(format!("`fuzz` takes a target and seconds, but got `{other}`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(args: &[&str], expected: Result<(&[&str], &str), &str>) {
        let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        let targets = ["git_status".to_owned(), "tar".to_owned()];
        match (arguments(&args, &targets), expected) {
            (Ok((chosen, seconds)), Ok(expected)) => assert_eq!((chosen.as_slice(), seconds), expected),
            (Err(Failure::Usage(why)), Err(expected)) => assert_eq!(why, expected),
            (found, _) => panic!("{args:?} gave {found:?}"),
        }
    }

    #[test]
    fn a_fuzz_takes_a_target_and_a_time() {
        check(&[], Ok((&["git_status", "tar"], "300")));
        check(&["all", "5"], Ok((&["git_status", "tar"], "5")));
        check(&["tar"], Ok((&["tar"], "300")));
        check(&["tars"], Err("no target `tars`; did you mean `tar`?"));
        check(&["tar", "long"], Err("`fuzz` takes a target and seconds, but got `long`"));
    }

    #[test]
    fn the_targets_are_found() {
        let targets = targets(&root().join("tests/fuzz/fuzz_targets")).ok().unwrap();
        assert!(targets.contains(&"git_status".to_owned()));
    }
}
