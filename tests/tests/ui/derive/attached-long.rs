//! Only a short option takes its value attached.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(style = "attached")]
    depth: u32,
}

fn main() {}
