//! Every mistake of a struct is reported at once.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(long = "--a")]
    a: bool,
    #[arg(shrot)]
    b: bool,
}

fn main() {}
