//! A nested subcommand is a list of words.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool, subcommand = "remote add")]
struct C;

fn main() {}
