//! An operand without a separator cannot begin with a dash.

use cuprum::{Command, Program};

#[derive(Program)]
#[program(name = "git", separator = "--end-of-options")]
struct Git;

#[derive(Command)]
#[command(program = Git, separator = none)]
struct C {
    #[arg(positional)]
    path: String,
}

fn main() {}
