//! The setter of a flag takes no value.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    short: bool,
}

fn main() {
    let _ = C::new().short(true);
}
