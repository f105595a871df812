//! Commands that are combined to one result: who wins, who is stopped, what is refused, and that nobody is left.

mod bracket;
mod bulkhead;
mod cancellation;
mod choice;
mod nursery;
mod rate_limit;
mod retry;
mod secrets;
mod tower;

use std::time::Duration;

use cuprum::lab::{Lab, Script};
use cuprum::spec::SafeCmd;
use cuprum::{Command, Program};
use cuprum_tests::Probe;

const SECOND: Duration = Duration::from_secs(1);
const ENOENT: i32 = 2;

#[derive(Program)]
struct Query;

/// A query that changes nothing.
#[derive(Command)]
#[command(program = Query, tier = read, output = String)]
struct Ask {
    #[arg(positional, allow_hyphen)]
    word: String,
}

/// A command that changes something.
#[derive(Command)]
#[command(program = Query, tier = write, output = String)]
struct Tell {
    #[arg(positional, allow_hyphen)]
    word: String,
}

fn ask<const N: usize>(words: [&str; N]) -> [Ask; N] {
    words.map(Ask::new)
}

/// A lab in which each of these words is answered by a script.
fn lab<const N: usize>(answers: [(&'static str, Script); N]) -> Lab {
    answers.into_iter().fold(Lab::new(), |lab, (word, script)| lab.on_words(["query", word], script))
}

/// Succeeds after so many seconds, and says so.
fn after(seconds: u32, text: &str) -> Script {
    Script::new().wait(SECOND * seconds).print(text)
}

/// Fails after so many seconds.
fn fails_after(seconds: u32, code: i32) -> Script {
    Script::new().wait(SECOND * seconds).then_exit(code)
}

/// A real run of the test program, which is said to change nothing.
fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}
