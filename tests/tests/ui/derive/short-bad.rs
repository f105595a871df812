//! A dash is no short name.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(short = '-')]
    a: bool,
}

fn main() {}
