//! A subcommand is a field of the command itself.

use cuprum::{Args, Command, Program, Subcommand};

#[derive(Program)]
struct Tool;

#[derive(Subcommand)]
enum Action {
    Prune,
}

#[derive(Args)]
struct Inner {
    #[arg(subcommand)]
    action: Option<Action>,
}

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(flatten)]
    inner: Inner,
}

fn main() {}
