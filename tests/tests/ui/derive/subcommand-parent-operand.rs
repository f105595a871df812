//! A struct with operands has no subcommand: the tool would read the operand as its name.

use cuprum::{Command, Program, Subcommand};

#[derive(Program)]
#[program(separator = "--")]
struct Tool;

#[derive(Subcommand)]
enum Action {
    Add,
}

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(positional)]
    name: String,
    #[arg(subcommand)]
    action: Action,
}

fn main() {}
