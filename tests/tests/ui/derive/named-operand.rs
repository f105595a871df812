//! An operand has no name.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(positional, long = "x")]
    a: u32,
}

fn main() {}
