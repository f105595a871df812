//! `cargo xtask ci`: runs every check that a change must pass, and stops at the first that fails.

mod alone;
mod package;
mod steps;

use std::time::Duration;

use crate::Failure;
use crate::names::unknown;
use crate::table::Table;
use crate::tools::Stopwatch;
use steps::STEPS;

/// A check: its name, what it does, and the function that does it.
struct Step {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<Done, Failure>,
}

/// How a check ended.
enum Done {
    Passed(String),
    /// With everything that was said.
    Failed(String),
    /// With the reason.
    Skipped(String),
}

pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let without = without(args)?;
    let whole = Stopwatch::start();
    let mut table = Table::new(&["step", "result", "time", "note"]);
    let mut failed = None;
    for step in STEPS {
        if failed.is_some() {
            table.row([step.name, "not run"]);
        } else if without.contains(&step.name) {
            table.row([step.name, "left out", "", "by --without"]);
        } else {
            println!("==> {}: {}", step.name, step.about);
            let watch = Stopwatch::start();
            let done = (step.run)()?;
            let time = seconds(watch.read());
            let (result, note) = match done {
                Done::Passed(note) => ("ok", note),
                Done::Skipped(why) => ("skipped", why),
                Done::Failed(output) => {
                    println!("{}", output.trim_end());
                    failed = Some(step.name);
                    ("FAILED", String::new())
                }
            };
            println!("    {result}, {time}{}{note}", if note.is_empty() { "" } else { ": " });
            table.row([step.name, result, &time, &note]);
        }
    }
    println!("\n{table}\n\n  {} in all", seconds(whole.read()));
    match failed {
        None => Ok(()),
        Some(name) => Err(Failure::Failed(format!("{name} failed"))),
    }
}

/// Reads `--without STEP`, which may be repeated.
fn without(args: &[String]) -> Result<Vec<&str>, Failure> {
    let mut without = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg != "--without" {
            return Err(Failure::Usage(format!("`ci` takes `--without STEP` only, but got `{arg}`")));
        }
        let Some(name) = args.next() else {
            return Err(Failure::Usage("`--without` needs the name of a step".to_owned()));
        };
        if !STEPS.iter().any(|step| step.name == name) {
            let names = STEPS.iter().map(|step| step.name);
            return Err(Failure::Usage(unknown("step", name, names)));
        }
        without.push(name.as_str());
    }
    Ok(without)
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::without;
    use crate::Failure;

    #[track_caller]
    fn check(args: &[&str], expected: Result<&[&str], &str>) {
        let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        match (without(&args), expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(Failure::Usage(why)), Err(expected)) => assert_eq!(why, expected),
            (found, expected) => panic!("{found:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn steps_can_be_left_out() {
        check(&[], Ok(&[]));
        check(&["--without", "test", "--without", "deny"], Ok(&["test", "deny"]));
    }

    #[test]
    fn anything_else_is_refused() {
        check(&["--without"], Err("`--without` needs the name of a step"));
        check(&["--without", "tets"], Err("no step `tets`; did you mean `test`?"));
        check(&["--fast"], Err("`ci` takes `--without STEP` only, but got `--fast`"));
    }
}
