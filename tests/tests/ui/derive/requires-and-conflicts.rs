//! What a field requires it does not exclude.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(requires("hard"), conflicts("hard"))]
    soft: bool,
    hard: bool,
}

fn main() {}
