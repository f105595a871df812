//! A variable holds the value of one field.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(env = "TOKEN")]
    token: Option<String>,
    #[arg(env = "TOKEN")]
    key: Option<String>,
}

fn main() {}
