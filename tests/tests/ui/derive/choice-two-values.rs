//! An option of a choice has one value at most.

use cuprum::{Args};


#[derive(Args)]
enum Mode {
    Both { a: u8 },
}

fn main() {}
