//! A key without its value is reported where the key is.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(min = 1, max)]
    files: Vec<u32>,
}

fn main() {}
