//! An operand would be read as the subcommand.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

struct A;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(positional)]
    name: u32,
    #[arg(subcommand)]
    action: A,
}

fn main() {}
