//! What a function makes of the output has a type, which is named.

use cuprum::{Command, Outcome, Program, spec::OutputError};

#[derive(Program)]
struct Tool;

fn count(_: &Outcome) -> Result<usize, OutputError> {
    Ok(0)
}

#[derive(Command)]
#[command(program = Tool, parse = count)]
struct C;

fn main() {}
