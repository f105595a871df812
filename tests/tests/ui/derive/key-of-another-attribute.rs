//! A key that stands in the wrong attribute is told where it belongs.

use cuprum::{Command, Program};

#[derive(Program)]
#[program(subcommand = "log")]
struct Tool;

#[derive(Command)]
#[command(program = Tool, version = ">=2", danger = "exec")]
struct C {
    #[arg(tier = destructive)]
    a: bool,
}

fn main() {}
