//! The letter of an option is not data.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let letter = 'a';
    let _ = cmd!(Git, "log -{letter}");
}
