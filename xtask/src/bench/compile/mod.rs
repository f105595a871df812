//! `cargo xtask bench compile`: what a derive costs the compiler, next to its peers.
//!
//! The same 200 structs of ten fields (two required, three `bool`, three `Option`, a `Vec`, a count) are
//! declared with each derive. What is measured is `cargo check` of that crate alone, in rounds, the
//! variants in turning order. What is compared are the checks of one round, which stand under the same
//! load and clock; of the rounds the median counts.
//! Dependencies are ready, and incremental compilation is off, since it would skip what is measured.
//!
//! Lines are those that the compiler prints after all macros, less those of the plain structs, for one
//! struct. `Debug` and `Clone` are in both. Attributes of documentation are counted apart.

mod crates;
mod report;
mod variants;

use std::io::IsTerminal;
use std::time::Duration;

use crate::Failure;
use crates::{Crates, Lines};
use variants::{VARIANTS, Variant};

const USAGE: &str = "usage: cargo xtask bench compile [--rounds N]

  --rounds N  how often each variant is checked (default 7)";

/// What was measured of one variant.
struct Row {
    variant: &'static Variant,
    /// How long each round took.
    checks: Vec<Duration>,
    lines: Lines,
}

pub(super) fn run(options: &[String]) -> Result<(), Failure> {
    if options.iter().any(|option| option == "--help" || option == "-h") {
        println!("{USAGE}");
        return Ok(());
    }
    let rounds = rounds(options)?;
    let crates = Crates::generate()?;
    progress("building what the crates depend on");
    let mut rows = Vec::new();
    for variant in VARIANTS {
        crates.check(variant)?;
        rows.push(Row { variant, checks: Vec::new(), lines: crates.expand(variant)? });
    }
    for round in 0..rounds {
        progress(&format!("round {} of {rounds}", round + 1));
        let (late, early) = rows.split_at_mut(round % VARIANTS.len());
        for row in early.iter_mut().chain(late) {
            row.checks.push(crates.check(row.variant)?);
        }
    }
    println!("{}", report::report(&rows));
    Ok(())
}

/// Reads `--rounds N`.
fn rounds(options: &[String]) -> Result<usize, Failure> {
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    match options.as_slice() {
        [] => Ok(7),
        ["--rounds", number] => match number.parse() {
            Ok(rounds) if rounds > 0 => Ok(rounds),
            _ => Err(Failure::Usage(format!("`--rounds` needs a number from 1, but got `{number}`"))),
        },
        _ => Err(Failure::Usage(USAGE.to_owned())),
    }
}

fn progress(what: &str) {
    if std::io::stderr().is_terminal() {
        eprintln!("{what}");
    }
}

#[cfg(test)]
mod tests {
    use super::rounds;

    #[test]
    fn only_rounds_can_be_chosen() {
        let read = |line: &str| rounds(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).ok();
        assert_eq!(read(""), Some(7));
        assert_eq!(read("--rounds 3"), Some(3));
        for wrong in ["--rounds", "--rounds 0", "--rounds many", "--fast"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
