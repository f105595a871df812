//! The targets of the fuzzer, driven by changed samples, so that no fuzzer is needed to run them.
//!
//! `CUPRUM_FUZZ_SECONDS` is for how long each is driven, `CUPRUM_FUZZ_SEED` another beginning, and
//! `CUPRUM_FUZZ_TARGET` the only one; `cargo xtask fuzz` sets them where there is no fuzzer.

use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant};

use cuprum_tests::readers::{Mutator, TARGETS, Target};

/// How much of a captured output is changed at a time: long ones repeat themselves.
const LONGEST: usize = 2000;

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

/// Returns what a target begins with: captured outputs, and samples of its own.
fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/outputs");
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let wanted = |path: &Path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        target.seeds.iter().any(|beginning| name.starts_with(beginning))
    };
    let mut seeds: Vec<Vec<u8>> =
        files.iter().filter(|path| wanted(path)).map(|path| std::fs::read(path).unwrap()).collect();
    seeds.iter_mut().for_each(|seed| seed.truncate(LONGEST));
    seeds.extend(target.more.iter().map(|seed| seed.to_vec()));
    seeds
}

/// Runs a target, and says which bytes it panics on.
fn try_on(target: &Target, bytes: &[u8]) {
    if catch_unwind(|| (target.run)(bytes)).is_err() {
        panic!("{} panics on b\"{}\"", target.name, bytes.escape_ascii());
    }
}

/// Runs a target on changed samples and returns how many there were.
fn drive(target: &Target, seed: u64, enough: impl Fn(u64) -> bool) -> u64 {
    let seeds = seeds(target);
    assert!(!seeds.is_empty(), "{} has nothing to begin with", target.name);
    seeds.iter().for_each(|bytes| try_on(target, bytes));
    let mut mutator = Mutator::new(seed);
    let mut runs = 0;
    while !enough(runs) {
        try_on(target, &mutator.change(&seeds));
        runs += 1;
    }
    runs
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it runs for as long as it is told")]
fn no_reader_panics_or_loses_a_byte_of_a_path() {
    let seconds = number("CUPRUM_FUZZ_SECONDS").map(Duration::from_secs);
    let seed = number("CUPRUM_FUZZ_SEED").unwrap_or(1);
    let only = std::env::var("CUPRUM_FUZZ_TARGET").ok();
    for target in TARGETS.iter().filter(|target| only.as_ref().is_none_or(|only| target.name == only)) {
        let begin = Instant::now();
        let runs = drive(target, seed, |runs| match seconds {
            Some(limit) => begin.elapsed() >= limit,
            None => runs >= 1500,
        });
        println!("{}: {runs} inputs, seed {seed}", target.name);
    }
}

#[test]
fn outputs_that_are_cut_anywhere_are_read_or_refused() {
    for target in TARGETS {
        for seed in seeds(target) {
            // An odd step cuts a long one at every kind of place.
            for length in (0..=seed.len()).step_by(1 + seed.len() / 150) {
                try_on(target, &seed[..length]);
            }
        }
    }
}

#[test]
fn each_target_of_the_fuzzer_is_one_of_these() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let mut files: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    assert!(files.iter().map(String::as_str).eq(TARGETS.iter().map(|target| target.name)));
    for name in &files {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fuzz/fuzz_targets/{name}.rs"));
        let text = std::fs::read_to_string(path).unwrap();
        assert!(text.contains(&format!("run(\"{name}\", ")), "{name} runs another one");
    }
}
