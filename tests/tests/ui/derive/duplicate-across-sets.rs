//! Two flattened sets have no name in common.

use cuprum::{Args, Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Args)]
struct Common {
    quiet: bool,
}

#[derive(Args)]
struct Look {
    quiet: bool,
}

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(flatten)]
    common: Common,
    #[arg(flatten)]
    look: Look,
}

fn main() {}
