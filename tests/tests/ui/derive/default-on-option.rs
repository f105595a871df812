//! What has a default is never absent.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(default = 1)]
    depth: Option<u32>,
}

fn main() {}
