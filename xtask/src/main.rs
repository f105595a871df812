//! The developers' commands: `cargo xtask NAME`.

mod bench;
mod ci;
mod demo;
mod fuzz;
mod manifest;
mod names;
mod setup;
mod soak;
mod stress;
mod table;
mod test;
mod tidy;
mod tools;
mod verify;
mod version;

use std::process::ExitCode;

use crate::names::unknown;
use crate::table::Table;

/// A subcommand: its name, what it does, and the function that does it.
struct Command {
    name: &'static str,
    usage: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<(), Failure>,
}

/// Every subcommand, in the order of the help text.
const COMMANDS: &[Command] = &[
    Command {
        name: "setup",
        usage: "setup",
        about: "checks git, tar and rsync, and installs what is missing",
        run: setup::run,
    },
    Command {
        name: "demo",
        usage: "demo [ARGUMENT…]",
        about: "sets up, then builds and runs the backup example",
        run: demo::run,
    },
    Command {
        name: "test",
        usage: "test [FILTER…]",
        about: "sets up, then runs all tests and counts them",
        run: test::run,
    },
    Command {
        name: "tidy",
        usage: "tidy",
        about: "checks the layers of the core and the rules no compiler knows",
        run: tidy::run,
    },
    Command {
        name: "bench",
        usage: "bench [NAME [OPTION…]]",
        about: "measures against peers, as ratios of one run",
        run: bench::run,
    },
    Command {
        name: "soak",
        usage: "soak [RUNS [SEED]]",
        about: "makes many runs with random cancel points, and sees that nothing is left",
        run: soak::run,
    },
    Command {
        name: "stress",
        usage: "stress [RUNS]",
        about: "starts processes from many threads at once, both ways, and sees that none is mixed up",
        run: stress::run,
    },
    Command {
        name: "sanitize",
        usage: "sanitize [address|thread]",
        about: "runs the tests of both ways to start under a sanitizer; needs a nightly compiler",
        run: stress::sanitize,
    },
    Command {
        name: "fuzz",
        usage: "fuzz [TARGET|all [SECONDS]]",
        about: "changes outputs at random, and looks for readers that panic or lose a byte",
        run: fuzz::run,
    },
    Command {
        name: "verify",
        usage: "verify [--reasons]",
        about: "compares the options of the builders with those of the installed tools",
        run: verify::run,
    },
    Command {
        name: "ci",
        usage: "ci [--without STEP]…",
        about: "runs every check that a change must pass",
        run: ci::run,
    },
];

/// Why a subcommand did not succeed.
#[derive(Debug)]
enum Failure {
    /// The arguments make no sense: exit code 2.
    Usage(String),
    /// What was asked for did not work: exit code 1.
    Failed(String),
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(why)) => {
            eprintln!("xtask: {why}\n\n{}", help());
            ExitCode::from(2)
        }
        Err(Failure::Failed(why)) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result<(), Failure> {
    let Some((name, rest)) = args.split_first() else {
        return Err(Failure::Usage("which command?".to_owned()));
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") || rest.first().is_some_and(|arg| arg == "--help") {
        println!("{}", help());
        return Ok(());
    }
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(rest),
        None => Err(Failure::Usage(unknown("command", name, COMMANDS.iter().map(|command| command.name)))),
    }
}

fn help() -> String {
    let mut table = Table::new(&["command", "what it does"]);
    for command in COMMANDS {
        table.row([command.usage, command.about]);
    }
    format!("usage: cargo xtask COMMAND\n\n{table}")
}

/// Refuses the arguments of a subcommand that takes none.
fn no_arguments(name: &str, args: &[String]) -> Result<(), Failure> {
    match args.first() {
        None => Ok(()),
        Some(arg) => Err(Failure::Usage(format!("`{name}` takes no arguments, but got `{arg}`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{COMMANDS, Failure, dispatch, help};

    fn refused(args: &[&str]) -> String {
        let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        match dispatch(&args) {
            Err(Failure::Usage(why)) => why,
            other => panic!("{args:?} gave {other:?}"),
        }
    }

    #[test]
    fn no_command_is_refused() {
        assert_eq!(refused(&[]), "which command?");
    }

    #[test]
    fn a_misspelt_command_gets_a_suggestion() {
        assert_eq!(refused(&["tdiy"]), "no command `tdiy`; did you mean `tidy`?");
    }

    #[test]
    fn a_strange_command_gets_the_list() {
        assert_eq!(
            refused(&["deploy"]),
            "no command `deploy`; there are: setup, demo, test, tidy, bench, soak, stress, sanitize, fuzz, verify, ci"
        );
    }

    #[test]
    fn commands_without_arguments_refuse_them() {
        assert_eq!(refused(&["tidy", "--fix"]), "`tidy` takes no arguments, but got `--fix`");
        assert_eq!(refused(&["setup", "git"]), "`setup` takes no arguments, but got `git`");
    }

    #[test]
    fn help_names_every_command() {
        let help = help();
        for command in COMMANDS {
            assert!(help.contains(command.usage), "{} is missing", command.name);
        }
    }
}
