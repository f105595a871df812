//! `cargo xtask bench build`: how long the builders take to compile, from nothing.
//!
//! The core is built into an empty folder, and the builders with one feature on top of it; then everything
//! again with all features, into an empty folder. What is downloaded is there before. Wall time is what a
//! user waits, and means something on a quiet machine only; CPU time is that of all compilers together, and
//! means the same on a busy one.

use std::path::Path;
use std::time::Duration;

use crate::Failure;
use crate::table::Table;
use crate::tools::{Stopwatch, Tool, target};

/// Something that is built.
struct Step {
    name: &'static str,
    /// Into an empty folder, or on top of what the step before it has built.
    cold: bool,
    args: &'static [&'static str],
    /// How many seconds it may take.
    goal: Option<f64>,
}

const STEPS: &[Step] = &[
    Step {
        name: "the core",
        cold: true,
        args: &["--package", "cuprum-core", "--no-default-features", "--features", "derive"],
        goal: None,
    },
    Step {
        name: "the builders with `tar`, on top of it",
        cold: false,
        args: &["--package", "cuprum-builders", "--features", "tar"],
        goal: Some(10.0),
    },
    Step {
        name: "the builders with all features, and the core",
        cold: true,
        args: &["--package", "cuprum-builders", "--all-features"],
        goal: Some(60.0),
    },
];

/// What a step took.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Took {
    wall: Duration,
    cpu: Option<Duration>,
}

pub(super) fn run(options: &[String]) -> Result<(), Failure> {
    if let Some(option) = options.first() {
        return Err(Failure::Usage(format!("`bench build` takes no options, but got `{option}`")));
    }
    if !Tool::cargo().args(["fetch", "--quiet"]).run()? {
        return Err(Failure::Failed("the dependencies could not be fetched".to_owned()));
    }
    let folder = target().join("xtask/build");
    let mut took = Vec::new();
    for step in STEPS {
        eprintln!("building {}", step.name);
        took.push(build(step, &folder)?);
    }
    println!("{}", table(STEPS, &took));
    Ok(())
}

fn build(step: &Step, folder: &Path) -> Result<Took, Failure> {
    if step.cold && folder.exists() {
        std::fs::remove_dir_all(folder)
            .map_err(|error| Failure::Failed(format!("cannot empty {}: {error}", folder.display())))?;
    }
    let cargo = Tool::cargo()
        .args(["build", "--quiet", "--offline"])
        .args(step.args)
        .env("CARGO_TARGET_DIR", &folder.to_string_lossy());
    let (watch, before) = (Stopwatch::start(), children());
    if !cargo.run()? {
        return Err(Failure::Failed(format!("{} did not build", step.name)));
    }
    let cpu = before.zip(children()).map(|(before, after)| after.saturating_sub(before));
    Ok(Took { wall: watch.read(), cpu })
}

/// Returns the CPU time of the children that have ended, where the kernel tells it.
fn children() -> Option<Duration> {
    cpu_of_children(&std::fs::read_to_string("/proc/self/stat").ok()?)
}

/// Reads the sixteenth and seventeenth field of proc_pid_stat(5), in hundredths of a second, which is what the
/// kernel counts in on all machines that Rust knows.
fn cpu_of_children(stat: &str) -> Option<Duration> {
    // The second field, the name, can hold anything but ends with the last parenthesis.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut ticks = fields.split(' ').skip(13).map(str::parse::<u64>);
    let (user, system) = (ticks.next()?.ok()?, ticks.next()?.ok()?);
    Some(Duration::from_millis((user + system) * 10))
}

fn table(steps: &[Step], took: &[Took]) -> String {
    let mut table = Table::new(&["build", "wall s", "CPU s", "goal", ""]);
    for (step, took) in steps.iter().zip(took) {
        let cpu = took.cpu.map_or("?".to_owned(), |cpu| format!("{:.1}", cpu.as_secs_f64()));
        let wall = took.wall.as_secs_f64();
        let goal = step.goal.map_or(String::new(), |goal| format!("{goal:.0} s"));
        let verdict = match step.goal {
            None => "",
            Some(goal) if wall <= goal => "met",
            Some(_) => "missed",
        };
        table.row([step.name, &format!("{wall:.1}"), &cpu, &goal, verdict]);
    }
    table.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_children_is_read_whatever_the_name() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 0 1 2 3 4 50 60 700 42 20 0 1 0 9";
        assert_eq!(cpu_of_children(stat), Some(Duration::from_millis(7420)));
        assert_eq!(cpu_of_children("7 (a) S 1"), None);
        assert_eq!(cpu_of_children(""), None);
    }

    #[test]
    fn a_build_is_judged_by_what_a_user_waits() {
        let seconds =
            |wall, cpu| Took { wall: Duration::from_secs(wall), cpu: Some(Duration::from_secs(cpu)) };
        let text = table(STEPS, &[seconds(30, 50), seconds(9, 30), seconds(61, 100)]);
        let verdicts: Vec<&str> =
            text.lines().skip(1).map(|line| line.split_whitespace().last().unwrap()).collect();
        assert_eq!(verdicts[verdicts.len() - 2..], ["met", "missed"]);
    }
}
