//! A rule names another field.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(conflicts("sotf"))]
    hard: bool,
    soft: bool,
}

fn main() {}
