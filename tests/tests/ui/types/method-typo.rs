//! A setter with a typing error is answered with the nearest one.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    short: bool,
}

fn main() {
    let _ = C::new().shrot();
}
