//! A number is not a number that cannot be zero.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    depth: Option<std::num::NonZeroU32>,
}

fn main() {
    let _ = C::new().depth(5);
}
