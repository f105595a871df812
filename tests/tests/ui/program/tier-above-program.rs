//! A command stays under the ceiling of its program.

use cuprum::{Command, Program};


#[derive(Program)]
#[program(tier = read)]
struct Git;

#[derive(Command)]
#[command(program = Git, subcommand = "push", tier = destructive)]
struct GitPush;

fn main() {}
