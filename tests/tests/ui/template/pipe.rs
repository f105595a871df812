//! A pipe is a value, not text.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let _ = cmd!(Git, "log | head");
}
