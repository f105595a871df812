//! Only a list is joined.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(delimiter = ",")]
    fields: String,
}

fn main() {}
