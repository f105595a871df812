//! A field whose name would become one with another dash says its name.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    _quiet: bool,
}

fn main() {}
