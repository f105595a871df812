//! A flag with an opposite has three states.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(negatable)]
    edit: bool,
}

fn main() {}
