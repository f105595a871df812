//! A path is not a checked path.

use cuprum::{ArgValue, Command, Program};

#[derive(Program)]
struct Tool;

#[derive(ArgValue)]
#[arg(check = is_path)]
struct SafePath(String);

const fn is_path(text: &str) -> bool {
    !text.is_empty()
}

#[derive(Command)]
#[command(program = Tool)]
struct C {
    dir: Option<SafePath>,
}

fn main() {
    let _ = C::new().dir(std::path::PathBuf::from("x"));
}
