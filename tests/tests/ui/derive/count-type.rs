//! A count is a number.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(count)]
    verbose: bool,
}

fn main() {}
