//! Of a field with a mistake nothing else is said: not by the rules that name it, and not by its uses.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    edit: Option<bool>,
    #[arg(conflicts("edit"))]
    amend: bool,
    #[arg(shrot = "q", delimiter = ",")]
    quiet: bool,
    from: String,
    to: String,
}

fn main() {
    let _ = C::new("a", "b").edit(true).amend().quiet().argv();
    let _ = C::builder().to("b").from("a").build();
}
