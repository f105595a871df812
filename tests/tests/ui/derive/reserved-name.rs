//! A setter does not hide a method of every command.

use cuprum::prelude::*;
use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    run: bool,
}

fn main() {
    let _ = C::new().run().wait();
}
