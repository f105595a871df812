//! A flag has a name.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(positional)]
    x: bool,
}

fn main() {}
