//! The program of a command is a program.

use cuprum::Command;


struct Nope;

#[derive(Command)]
#[command(program = Nope)]
struct C {
    bare: bool,
}

fn main() {}
