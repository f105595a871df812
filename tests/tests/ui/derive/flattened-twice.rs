//! A set of arguments is taken in once.

use cuprum::{Args, Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Args)]
struct Common {
    quiet: bool,
}

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(flatten)]
    early: Common,
    #[arg(flatten)]
    late: Option<Common>,
}

fn main() {}
