//! A subcommand is a type that derives `Subcommand`.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(subcommand)]
    x: String,
}

fn main() {}
