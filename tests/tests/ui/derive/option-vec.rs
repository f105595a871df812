//! An empty list is absent already.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    files: Option<Vec<u32>>,
}

fn main() {}
