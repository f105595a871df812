//! What is flattened is a set of arguments.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

struct Opaque;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(flatten)]
    common: Opaque,
}

fn main() {}
