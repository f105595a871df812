//! A list behind one name has no end but a separator.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(values)]
    hosts: Vec<String>,
    #[arg(positional)]
    file: u32,
}

fn main() {}
