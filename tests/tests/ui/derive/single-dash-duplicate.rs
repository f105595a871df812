//! Behind one dash a long name of one letter and a short name are the same word.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool, single_dash, separator = none)]
struct C {
    #[arg(long = "n")]
    name: Option<u32>,
    #[arg(short = 'n')]
    number: Option<u32>,
}

fn main() {}
