//! What is permitted when a command runs is given by lists and facts; a program's type is neither.

use cuprum::{Cx, Program};

#[derive(Program)]
struct Git;

fn main() {
    let _ = Cx::new().allow(Git);
}
