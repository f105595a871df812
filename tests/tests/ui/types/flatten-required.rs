//! What has required arguments is flattened as a parameter of `new`.

use cuprum::{Args, Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Args)]
struct Target {
    host: String,
}

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(flatten)]
    target: Target,
}

fn main() {}
