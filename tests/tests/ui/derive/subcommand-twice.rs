//! A command has one subcommand at most.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

struct A;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(subcommand)]
    a: A,
    #[arg(subcommand)]
    b: A,
}

fn main() {}
