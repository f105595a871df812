//! A program is named by one word.

use cuprum::Program;


#[derive(Program)]
#[program(name = "rm -rf")]
struct Rm;

fn main() {}
