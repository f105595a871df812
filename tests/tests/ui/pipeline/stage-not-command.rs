//! A stage is a command; a text is none.

use cuprum::{Command, Program};

#[derive(Program)]
struct Git;

#[derive(Command)]
#[command(program = Git)]
struct GitLog {}

fn main() {
    let _ = GitLog::new() | "grep";
}
