//! A flag has no text, also in a list or where a value may be left out.

use cuprum::{Command, Program};

#[derive(Program)]
#[program(separator = "--")]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    each: Vec<bool>,
    color: Option<Option<bool>>,
    #[arg(positional)]
    all: Option<bool>,
}

fn main() {}
