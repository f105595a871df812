//! A pipeline has more than one stage.

use cuprum::{Command, Program};

#[derive(Program)]
struct Git;

#[derive(Command)]
#[command(program = Git)]
struct GitLog {}

fn main() {
    let _ = cuprum::pipe![GitLog::new()];
}
