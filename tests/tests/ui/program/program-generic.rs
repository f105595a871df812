//! A program has no parameters.

use cuprum::Program;

#[derive(Program)]
struct Tool<'a>;

fn main() {}
