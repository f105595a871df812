//! A pattern is quoted, or a list.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let _ = cmd!(Git, "add *.rs");
}
