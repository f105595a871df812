//! An alias of `Option` is not seen through, and fails safely.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

type Maybe = Option<u32>;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    depth: Maybe,
}

fn main() {}
