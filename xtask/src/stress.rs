//! `cargo xtask stress` and `cargo xtask sanitize`: the own spawn under many threads, and under the sanitizers.

use crate::Failure;
use crate::names::unknown;
use crate::tools::{Tool, root, target};

/// How many processes each thread starts unless the caller says otherwise; the tests start fewer.
const RUNS: &str = "1000";

pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let runs = match args {
        [] => RUNS,
        [runs] if runs.parse::<u32>().is_ok() => runs,
        [other, ..] => return Err(Failure::Usage(format!("`stress` takes a number, but got `{other}`"))),
    };
    let stress = Tool::cargo()
        .args(["test", "--quiet", "--release", "--package", "cuprum-tests", "--test", "stress"])
        .env("CUPRUM_STRESS_RUNS", runs);
    if stress.run()? {
        Ok(())
    } else {
        Err(Failure::Failed("a process was not what was asked for".to_owned()))
    }
}

/// A sanitizer of the compiler, and what it needs.
struct Sanitizer {
    name: &'static str,
    /// The standard library must be built with it, too, or its locks are taken for races.
    builds_std: bool,
    /// The variable that it reads its options from, and they; `{root}` is the top folder.
    options: (&'static str, &'static str),
    /// Tests of what the sanitizer itself changes.
    skips: &'static [&'static str],
}

const SANITIZERS: &[Sanitizer] = &[
    Sanitizer {
        name: "address",
        builds_std: false,
        // Freed memory is kept for a while, but not so much that a test takes it for a leak.
        options: ("ASAN_OPTIONS", "quarantine_size_mb=1"),
        skips: &[],
    },
    Sanitizer {
        name: "thread",
        builds_std: true,
        options: ("TSAN_OPTIONS", "halt_on_error=1 suppressions={root}/tests/thread-sanitizer.txt"),
        // It opens files in the middle of a test that are not closed on exec, and std hands them on.
        skips: &["many_at_once_get_their_three_streams_and_nothing_else"],
    },
];

/// The tests in which processes are real and the two ways to start them meet.
const TESTS: &[&str] = &["parity", "stress", "run", "limits"];

/// Sanitizers are a matter of the nightly compiler, and of its sources if the standard library is built.
pub(crate) fn sanitize(args: &[String]) -> Result<(), Failure> {
    for sanitizer in chosen(args)? {
        println!("==> {}", sanitizer.name);
        let host = host()?;
        let folder = target().join("sanitize").join(sanitizer.name);
        let tests = TESTS.iter().flat_map(|test| ["--test", test]);
        let (name, value) = sanitizer.options;
        let value = value.replace("{root}", &root().to_string_lossy());
        let skips = sanitizer.skips.iter().flat_map(|test| ["--skip", test]);
        let run = Tool::new("cargo")
            .args(["+nightly", "test", "--quiet", "--no-fail-fast", "--package", "cuprum-tests"])
            .args(sanitizer.builds_std.then_some("-Zbuild-std"))
            .args(["--target", &host])
            .args(tests)
            .args(["--"].into_iter().chain(skips))
            .env("RUSTFLAGS", &format!("-Zsanitizer={}", sanitizer.name))
            .env("CARGO_TARGET_DIR", &folder.to_string_lossy())
            .env(name, &value);
        if !run.run()? {
            return Err(Failure::Failed(format!(
                "the tests do not pass under the {} sanitizer",
                sanitizer.name
            )));
        }
    }
    Ok(())
}

fn chosen(args: &[String]) -> Result<Vec<&'static Sanitizer>, Failure> {
    let names = SANITIZERS.iter().map(|sanitizer| sanitizer.name);
    match args {
        [] => Ok(SANITIZERS.iter().collect()),
        [name] => match SANITIZERS.iter().find(|sanitizer| sanitizer.name == name) {
            Some(sanitizer) => Ok(vec![sanitizer]),
            None => Err(Failure::Usage(unknown("sanitizer", name, names))),
        },
        [_, more, ..] => {
            Err(Failure::Usage(format!("`sanitize` takes one sanitizer, and `{more}` is a second")))
        }
    }
}

/// Returns the machine's own target. Naming it keeps the flags away from what runs in the compiler.
fn host() -> Result<String, Failure> {
    let told = Tool::new("rustc").args(["+nightly", "-vV"]).stdout()?;
    let line = told.output.lines().find_map(|line| line.strip_prefix("host: "));
    match line {
        Some(host) if told.success => Ok(host.to_owned()),
        _ => Err(Failure::Failed(
            "no nightly compiler: `rustup toolchain install nightly -c rust-src`".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sanitizer_can_be_chosen() {
        let names = |args: &[&str]| {
            let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
            match chosen(&args) {
                Ok(chosen) => Ok(chosen.iter().map(|sanitizer| sanitizer.name).collect::<Vec<_>>()),
                Err(Failure::Usage(why)) => Err(why),
                Err(Failure::Failed(why)) => panic!("{why}"),
            }
        };
        assert_eq!(names(&[]), Ok(vec!["address", "thread"]));
        assert_eq!(names(&["thread"]), Ok(vec!["thread"]));
        assert_eq!(names(&["threads"]), Err("no sanitizer `threads`; did you mean `thread`?".to_owned()));
        assert!(names(&["thread", "address"]).is_err());
    }

    #[test]
    fn a_stress_takes_a_number() {
        assert!(matches!(run(&["much".to_owned()]), Err(Failure::Usage(_))));
    }
}
