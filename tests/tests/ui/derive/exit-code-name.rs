//! Exit codes are numbers.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool, ok(a))]
struct C;

fn main() {}
