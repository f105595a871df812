//! A program is named, not located.

use cuprum::Program;


#[derive(Program)]
#[program(name = "/usr/bin/git")]
struct Git;

fn main() {}
