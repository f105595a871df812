//! A required operand stands before an optional one.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(positional)]
    dir: Option<u32>,
    #[arg(positional)]
    repo: u32,
}

fn main() {}
