//! The default of a number is a number.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(default = "3")]
    level: u32,
}

fn main() {}
