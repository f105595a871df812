//! Only the last operand may be a list, wherever it comes from.

use cuprum::{Args, Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Args)]
struct Files {
    #[arg(positional)]
    files: Vec<u32>,
}

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(flatten)]
    files: Files,
    #[arg(positional)]
    dest: u32,
}

fn main() {}
