//! A variable is set once, and a search has a place.

use cuprum::Program;

#[derive(Program)]
#[program(env(set("A" = "1", "A" = "2")), search = [])]
struct Tool;

fn main() {}
