//! An optional value is attached to its name.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(style = "space")]
    color: Option<Option<String>>,
}

fn main() {}
