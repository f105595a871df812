//! A key that is like no other is answered with all of them.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(zzz)]
    verbose: bool,
}

fn main() {}
