//! A required subcommand is a parameter of `new`.

use cuprum::{Command, Program, Subcommand};

#[derive(Program)]
struct Tool;

#[derive(Subcommand)]
enum Action {
    Prune,
}

#[derive(Command)]
#[command(program = Tool)]
struct Remote {
    #[arg(subcommand)]
    action: Action,
}

fn main() {
    let _ = Remote::new();
}
