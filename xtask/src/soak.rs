//! `cargo xtask soak`: many runs with random cancel points, and a look at what they leave behind.

use crate::Failure;
use crate::tools::Tool;

/// How many runs there are unless the caller says otherwise; the tests make fewer.
const RUNS: &str = "20000";

pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let (runs, seed) = arguments(args)?;
    println!("{runs} runs of seed {seed}; again with `cargo xtask soak {runs} {seed}`");
    let soak = Tool::cargo()
        .args(["test", "--quiet", "--package", "cuprum-tests", "--test", "soak"])
        .env("CUPRUM_SOAK_RUNS", runs)
        .env("CUPRUM_SOAK_SEED", seed);
    if soak.run()? { Ok(()) } else { Err(Failure::Failed("the soak left something behind".to_owned())) }
}

fn arguments(args: &[String]) -> Result<(&str, &str), Failure> {
    if let Some(bad) = args.iter().find(|arg| arg.parse::<u64>().is_err()) {
        return Err(Failure::Usage(format!("`soak` takes numbers, but got `{bad}`")));
    }
    match args {
        [] => Ok((RUNS, "1")),
        [runs] => Ok((runs, "1")),
        [runs, seed] => Ok((runs, seed)),
        [_, _, more, ..] => Err(Failure::Usage(format!("`soak` takes two numbers, and `{more}` is a third"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, arguments};

    #[track_caller]
    fn check(args: &[&str], expected: Result<(&str, &str), &str>) {
        let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        match (arguments(&args), expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(Failure::Usage(why)), Err(expected)) => assert_eq!(why, expected),
            (found, _) => panic!("{args:?} gave {found:?}"),
        }
    }

    #[test]
    fn a_soak_takes_a_length_and_a_seed() {
        check(&[], Ok(("20000", "1")));
        check(&["5"], Ok(("5", "1")));
        check(&["5", "9"], Ok(("5", "9")));
        check(&["many"], Err("`soak` takes numbers, but got `many`"));
        check(&["1", "2", "3"], Err("`soak` takes two numbers, and `3` is a third"));
    }
}
