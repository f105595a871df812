//! Standard input is text or bytes.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(stdin)]
    count: Option<u32>,
}

fn main() {}
