//! An optional flag says what its absence means.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    edit: Option<bool>,
}

fn main() {}
