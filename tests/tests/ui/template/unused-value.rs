//! A value has a slot.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let _ = cmd!(Git, "log", path = 1);
}
