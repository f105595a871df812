//! Exit codes are those that a program can have, each once, and there is one at least.

use cuprum::Program;

#[derive(Program)]
#[program(ok())]
struct Nothing;

#[derive(Program)]
#[program(ok(0, 256, 0))]
struct Wrong;

fn main() {}
