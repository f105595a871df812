//! A key is given once.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(long, long = "b")]
    a: bool,
}

fn main() {}
