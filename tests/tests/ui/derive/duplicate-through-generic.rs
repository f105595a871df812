//! A lifetime hides no name that is written twice.

use cuprum::{Args, Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Args)]
struct Common<'a> {
    name: Option<&'a str>,
}

#[derive(Command)]
#[command(program = Tool)]
struct Borrowed<'a> {
    name: bool,
    #[arg(flatten)]
    common: Common<'a>,
}

fn main() {}
