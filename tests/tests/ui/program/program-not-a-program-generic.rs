//! A wrong program is reported once, also where no constant can name the command.

use cuprum::{ArgValue, Command};

struct Nope;

#[derive(Command)]
#[command(program = Nope)]
struct C<T: ArgValue> {
    depth: T,
}

fn main() {}
