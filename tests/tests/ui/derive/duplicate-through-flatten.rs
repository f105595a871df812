//! A name belongs to one field, also where one is flattened.

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
    quiet: bool,
    #[arg(flatten)]
    common: Common,
}

fn main() {}
