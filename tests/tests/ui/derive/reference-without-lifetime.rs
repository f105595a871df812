//! A missing lifetime is reported by the compiler, and by nothing that the derive writes.

use std::borrow::Cow;

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    name: &str,
    names: Vec<Cow<'_, str>>,
}

fn main() {
    let _ = C::new("a").names("b");
}
