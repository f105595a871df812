//! A style is one of three.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(style = "eq")]
    a: u32,
}

fn main() {}
