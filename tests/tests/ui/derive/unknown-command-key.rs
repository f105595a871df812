//! An unknown key of a command is answered with the nearest one.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool, subcomand = "x")]
struct C;

fn main() {}
