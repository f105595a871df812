//! Slots have names: a value without one is a mistake that says how to write it.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let count = 3;
    let _ = cmd!(Git, "log -n {count}", count);
    let _ = cmd!(Git, "log -n {}", count + 1);
}
