//! A command is a struct.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
enum C {
    A,
}

fn main() {}
