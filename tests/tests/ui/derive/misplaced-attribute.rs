//! An attribute of the wrong level is reported, not ignored.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
#[arg(short)]
struct C {
    #[command(name = "x")]
    a: bool,
}

fn main() {
    let _ = C::new();
}
