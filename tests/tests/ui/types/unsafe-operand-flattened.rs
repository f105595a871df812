//! An operand is as unsafe where its set is flattened.

use cuprum::{Args, Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Args)]
struct Files {
    #[arg(positional)]
    path: String,
}

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(flatten, required)]
    files: Files,
}

fn main() {}
