//! The arguments of the bench program.

use std::path::PathBuf;

use crate::Result;

pub(crate) const HELP: &str = "\
usage: cargo xtask bench NAME [--rounds N] [--json]

  --rounds N  how many samples each column gives (default 9)
  --json      a line of JSON for each scenario instead of a table";

pub(crate) struct Arguments {
    pub(crate) bench: String,
    pub(crate) children: PathBuf,
    pub(crate) task: Task,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    /// Takes samples of all columns and compares them.
    Measure {
        rounds: usize,
        json: bool,
    },
    /// Takes one sample in this process; how the program starts itself.
    Sample {
        scenario: String,
        column: String,
    },
}

impl Arguments {
    pub(crate) fn read(args: &[String]) -> Result<Self> {
        let (mut rounds, mut json, mut help) = (9, false, false);
        let (mut bench, mut children, mut scenario, mut column) = (None, None, None, None);
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().cloned().ok_or(format!("`{arg}` needs a value"));
            match arg.as_str() {
                "--help" | "-h" => help = true,
                "--json" => json = true,
                "--rounds" => rounds = value()?.parse().map_err(|_| "`--rounds` needs a number")?,
                "--children" => children = Some(PathBuf::from(value()?)),
                "--scenario" => scenario = Some(value()?),
                "--column" => column = Some(value()?),
                _ if arg.starts_with('-') => return Err(format!("no option `{arg}`\n\n{HELP}").into()),
                _ => bench = Some(arg.clone()),
            }
        }
        if rounds == 0 {
            return Err("`--rounds` needs at least one".into());
        }
        let task = match (help, scenario, column) {
            (true, _, _) => Task::Help,
            (false, Some(scenario), Some(column)) => Task::Sample { scenario, column },
            _ => Task::Measure { rounds, json },
        };
        Ok(Self { bench: bench.unwrap_or_default(), children: children.unwrap_or_default(), task })
    }
}

#[cfg(test)]
mod tests {
    use super::{Arguments, Task};

    fn read(line: &str) -> Result<Task, String> {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Arguments::read(&args).map(|arguments| arguments.task).map_err(|error| error.to_string())
    }

    #[test]
    fn a_bench_is_measured_in_rounds() {
        assert_eq!(read("spawn --children c"), Ok(Task::Measure { rounds: 9, json: false }));
        assert_eq!(read("spawn --rounds 3 --json"), Ok(Task::Measure { rounds: 3, json: true }));
    }

    #[test]
    fn a_scenario_and_a_column_make_a_sample() {
        let sample = Task::Sample { scenario: "small".to_owned(), column: "std".to_owned() };
        assert_eq!(read("spawn --children c --scenario small --column std"), Ok(sample));
    }

    #[test]
    fn nonsense_is_refused() {
        assert_eq!(read("spawn --rounds many"), Err("`--rounds` needs a number".to_owned()));
        assert_eq!(read("spawn --rounds 0"), Err("`--rounds` needs at least one".to_owned()));
        assert_eq!(read("spawn --rounds"), Err("`--rounds` needs a value".to_owned()));
        assert!(read("spawn --fast").unwrap_err().starts_with("no option `--fast`"));
    }
}
