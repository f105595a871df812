//! A flag with an opposite has three states, of which absent is one: it has no default.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(negatable, default = true)]
    edit: Option<bool>,
}

fn main() {}
