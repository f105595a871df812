//! A secret is a type that never shows its text.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(secret)]
    token: String,
}

fn main() {}
