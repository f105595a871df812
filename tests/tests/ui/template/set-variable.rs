//! No shell sets a variable before a command.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let _ = cmd!(Git, "LC_ALL=C log");
}
