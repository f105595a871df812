//! A relative path names no program.

use cuprum::Program;

#[derive(Program)]
#[program(name = "bin/tool")]
struct Tool;

fn main() {}
