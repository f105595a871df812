//! The opposite of a flag is a name, too.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(negatable)]
    edit: Option<bool>,
    no_edit: bool,
}

fn main() {}
