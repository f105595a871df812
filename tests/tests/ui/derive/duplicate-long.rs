//! A long name belongs to one field.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    depth: Option<u32>,
    #[arg(long = "depth")]
    level: Option<u32>,
}

fn main() {}
