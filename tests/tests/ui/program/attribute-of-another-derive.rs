//! An attribute of another derive is answered by ours, and not also by the compiler, which does not know it.

use cuprum::{Command, Program, Subcommand};

#[derive(Program)]
#[command(name = "tool")]
struct Tool;

#[derive(Command)]
#[program(name = "tool")]
struct C {
    #[command(flatten)]
    common: bool,
}

#[derive(Subcommand)]
enum Action {
    #[arg(name = "x")]
    Add,
}

fn main() {}
