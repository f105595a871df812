//! An unknown key of a field is answered with the nearest one.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(shrot)]
    verbose: bool,
}

fn main() {}
