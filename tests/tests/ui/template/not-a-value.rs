//! A slot is a value that can be written.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let path = Some("x");
    let _ = cmd!(Git, "log {path}");
}
