//! A value is given by name once, and every one that no slot takes is reported.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let _ = cmd!(Git, "log {x}", x = 1u8, x = 2u8, y = 3u8, z = 4u8);
}
