//! The values of an open list are words of their own, which no style joins to the name.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(values, style = "equals")]
    hosts: Vec<String>,
}

fn main() {}
