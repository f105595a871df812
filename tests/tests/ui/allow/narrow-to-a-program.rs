//! A context is narrowed to a list, and a program is none.

use cuprum::{Cx, Program};

#[derive(Program)]
struct Git;

fn main() {
    let _ = Cx::new().narrow::<Git>();
}
