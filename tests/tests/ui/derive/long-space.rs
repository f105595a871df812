//! The name of an option is written as it is meant.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(long = "de pth")]
    a: bool,
}

fn main() {}
