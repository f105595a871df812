//! A value is a type that can be written.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

struct Opaque;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    opaque: Opaque,
}

fn main() {}
