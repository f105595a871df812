//! A value of another form is written out as its key takes it, with what the user gave.

use cuprum::{Command, Program};

#[derive(Program)]
#[program(search = "trusted", ok = 0)]
struct Tool;

#[derive(Command)]
#[command(program = Tool, tier = "read")]
struct C {
    #[arg(short = "-v")]
    verbose: bool,
    #[arg(style = space, since = 2.25)]
    depth: Option<u32>,
    #[arg(delimiter = ',')]
    names: Vec<String>,
    #[arg(conflicts = "verbose")]
    quiet: bool,
    #[arg(last = true)]
    rest: Vec<String>,
    #[arg(long = "all" short)]
    all: bool,
}

fn main() {}
