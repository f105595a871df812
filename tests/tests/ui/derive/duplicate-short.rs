//! A short name belongs to one field.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(short)]
    verbose: bool,
    #[arg(short)]
    version: bool,
}

fn main() {}
