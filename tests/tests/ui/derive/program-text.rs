//! The program is a type, not its name.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = "tool")]
struct C;

fn main() {}
