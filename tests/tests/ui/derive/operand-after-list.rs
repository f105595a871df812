//! Only the last operand may be a list.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(positional)]
    files: Vec<u32>,
    #[arg(positional)]
    dest: u32,
}

fn main() {}
