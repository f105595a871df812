//! A tier is one of three.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool, tier = dangerous)]
struct C;

fn main() {}
