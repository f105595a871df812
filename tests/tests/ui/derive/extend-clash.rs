//! A field cannot have the name of a method that a list has.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    label: Vec<String>,
    extend_label: bool,
}

fn main() {
    let _ = C::new().extend_label(["a"]);
}
