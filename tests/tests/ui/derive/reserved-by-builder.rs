//! A required field cannot have the name of what ends the builder.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    build: String,
    item: String,
}

fn main() {}
