//! A program has no fields.

use cuprum::Program;


#[derive(Program)]
struct Git {
    path: String,
}

fn main() {}
