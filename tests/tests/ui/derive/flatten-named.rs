//! What is flattened has its own names.

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
    #[arg(flatten, long)]
    common: Common,
}

fn main() {}
