//! The absence of a separator is a word; a text would be the separator itself.

use cuprum::Program;

#[derive(Program)]
#[program(separator = "none")]
struct Tool;

fn main() {}
