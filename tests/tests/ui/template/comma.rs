//! The program is a type, and a comma follows it.

use cuprum::{Program, cmd};

#[derive(Program)]
struct Git;

fn main() {
    let _ = cmd!(Git "status");
    let _ = cmd!(Git::default(), "status");
}
