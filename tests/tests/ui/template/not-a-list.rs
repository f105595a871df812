//! A slot for a list takes a list, and a text is none.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let path = String::from("abc");
    let _ = cmd!(Git, "add -- {path..}");
}
