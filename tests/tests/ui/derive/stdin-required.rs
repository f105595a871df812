//! Standard input is required of a list only, since any other type says so itself.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(stdin, required)]
    patch: Option<String>,
}

fn main() {}
