//! A key that is misspelt is one mistake, not also what follows from it.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(defualt = 3)]
    level: u32,
}

fn main() {
    let _ = C::new();
}
